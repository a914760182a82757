// The console as an administrator uses it: by the words on its pages and the names of its fields.
import { expect, type Locator, type Page } from "@playwright/test";
import { follow, formWith, send, submit, type Values } from "./forms.ts";

export type Tab =
  | "Overview"
  | "Applications"
  | "Scopes"
  | "API connections"
  | "Users"
  | "Sessions"
  | "Keys"
  | "Settings"
  | "Audit log";

export class Console {
  constructor(readonly page: Page) {}

  /** Goes to a part of the subscription at hand. */
  async open(tab: Tab): Promise<void> {
    await follow(this.page, tab, this.page.getByRole("navigation"));
    await expect(this.heading()).toBeVisible();
  }

  /** Opens what a list shows under this name for programs. */
  async openRow(name: string): Promise<void> {
    const row = this.page.getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) });
    await Promise.all([this.page.waitForEvent("load"), row.getByRole("link").first().click()]);
  }

  /** The one heading that says where one is. */
  heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** Follows "New …", fills the form in and sends it. */
  async make(what: string, values: Values): Promise<void> {
    await follow(this.page, what);
    await expect(this.heading()).toHaveText(what);
    await send(this.page, values);
    await this.isTold();
  }

  /** Changes fields of the form on the page. */
  async save(values: Values): Promise<void> {
    await send(this.page, values, "Save");
    await this.isTold();
  }

  /** Says yes to what a page asks. */
  async confirm(): Promise<void> {
    const answer = await submit(this.page.locator("form[method=post]"));
    expect(answer.status()).toBe(303);
  }

  /** The page says what was done. */
  private async isTold(): Promise<void> {
    await expect(this.page.getByRole("status").first()).toBeVisible();
  }

  /** A secret that this page, and no later one, shows. */
  async secret(name: "Application secret" | "Connection secret"): Promise<string> {
    const shown = await this.page.getByRole("group", { name }).first().innerText();
    const secret = /[A-Za-z0-9_-]{43,}/.exec(shown)?.[0];
    if (!secret) throw new Error(`no secret on the page: ${shown}`);
    await this.page.reload();
    await expect(this.page.locator("body")).not.toContainText(secret);
    return secret;
  }

  /** What a group of boxes offers. */
  async offered(field: string): Promise<string[]> {
    const boxes = formWith(this.page, field).locator(`[name="${field}"]`);
    return boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
  }
}
