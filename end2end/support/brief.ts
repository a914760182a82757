// Ends the output with a line for each failure: a log that is cut from the top still says what broke.
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Brief implements Reporter {
  private readonly failures: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    const reason = (result.error?.message ?? result.status).replaceAll(/\u001b\[[0-9;]*m/g, "");
    const lines = reason.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    this.failures.push(`${test.titlePath().filter(Boolean).join(" › ")}\n    ${lines.slice(0, 8).join("\n    ")}`);
  }

  onEnd(): void {
    if (this.failures.length > 0) console.log(`\nWhat failed, in short:\n${this.failures.join("\n")}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
