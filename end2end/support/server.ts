// Runs the real binary, as an operator would: a folder, a port, a database.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { dropDatabase, type Engine, freshDatabase } from "./database.ts";
import { freePort } from "./port.ts";

const BINARY = resolve(process.env.TESSERA_BIN ?? join(import.meta.dirname, "../../target/debug/tessera"));
const SETUP_LINK = /https?:\/\/[^\s"'<>]*\/set-?up[^\s"'<>]*/;
const START_TIMEOUT = 20_000;
const STOP_TIMEOUT = 10_000;

export type Options = {
  engine?: Engine;
  /** Further settings, such as TESSERA_SMTP_URL. */
  env?: Record<string, string>;
};

export type Ran = { status: number | null; stdout: string; stderr: string };

export class Server {
  /** Its public URL: where it answers, unless it is a second node. */
  readonly url: string;
  /** Everything it printed since it was made, for a failing test to show. */
  output = "";
  private child: ChildProcess | undefined;

  private constructor(
    /** Where this process listens, on 127.0.0.1. */
    readonly port: number,
    /** Its data, and the folder its commands run in. */
    readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly isSecond = false,
  ) {
    this.url = env.TESSERA_PUBLIC_URL ?? `http://localhost:${port}`;
  }

  /** Makes one with nothing in it and waits until it answers. */
  static async start(options: Options = {}): Promise<Server> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "tessera-e2e-"));
    const server = new Server(port, folder, {
      TESSERA_LISTEN: `127.0.0.1:${port}`,
      TESSERA_PUBLIC_URL: `http://localhost:${port}`,
      TESSERA_DATA_DIR: folder,
      TESSERA_DATABASE_URL: freshDatabase(options.engine ?? "sqlite", folder),
      // Nothing stands in front of it that would have to notice first.
      TESSERA_STOP_DELAY: "0",
      ...options.env,
    });
    await server.up();
    return server;
  }

  /** Another process on the same database, with the same settings and master key but for its port. */
  static async beside(first: Server): Promise<Server> {
    const port = await freePort();
    const env = { ...first.env, TESSERA_LISTEN: `127.0.0.1:${port}` };
    const server = new Server(port, first.folder, env, true);
    await server.up();
    return server;
  }

  /** Stops and starts again, on the same data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.up();
  }

  /** Runs another command of the binary beside it (`apply`, `admin create`) and returns what it printed. */
  run(args: string[], input = "", env: Record<string, string> = {}): Ran {
    return spawnSync(BINARY, args, { cwd: this.folder, env: { ...this.fullEnv(), ...env }, input, encoding: "utf8" });
  }

  /** The one-time link of a first start. */
  async setupLink(): Promise<string> {
    const link = await this.until(() => SETUP_LINK.exec(this.output)?.[0], START_TIMEOUT);
    if (!link) throw new Error(`no set-up link was printed:\n${this.output}`);
    return link;
  }

  /** Asks it to end, as an operator would, and waits. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(late);
  }

  /** Stops it for good and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    if (this.isSecond) return;
    dropDatabase(this.env.TESSERA_DATABASE_URL ?? "");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async up(): Promise<void> {
    const child = spawn(BINARY, ["serve"], { cwd: this.folder, env: this.fullEnv(), stdio: ["ignore", "pipe", "pipe"] });
    const keep = (text: Buffer) => (this.output += text.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => (this.output += `\n${error}\n`));
    this.child = child;
    const ready = await this.until(async () => {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`tessera stopped at once:\n${this.output}`);
      return fetch(`http://127.0.0.1:${this.port}/readyz`).then((answer) => answer.ok, () => false);
    }, START_TIMEOUT);
    if (!ready) throw new Error(`tessera did not become ready:\n${this.output}`);
  }

  /** The runner's own environment, without settings that would leak in. */
  private fullEnv(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TESSERA_"));
    return { ...Object.fromEntries(own), ...this.env };
  }

  private async until<T>(look: () => T | Promise<T>, timeout: number): Promise<T | undefined> {
    for (const end = Date.now() + timeout; Date.now() < end; ) {
      const seen = await look();
      if (seen) return seen;
      await new Promise((wait) => setTimeout(wait, 50));
    }
    return undefined;
  }
}
