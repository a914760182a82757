// Where a server under test keeps its data: SQLite in its own folder, or a
// database of its own in the private PostgreSQL of `cargo xtask e2e`.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

export type Engine = "sqlite" | "postgres";

/** The engine that this run asks for: TESSERA_E2E_ENGINE, else SQLite. */
export function engineOfThisRun(): Engine {
  return process.env.TESSERA_E2E_ENGINE === "postgres" ? "postgres" : "sqlite";
}

/** Makes an empty database and returns its URL. */
export function freshDatabase(engine: Engine, folder: string): string {
  if (engine === "sqlite") {
    return `sqlite:${join(folder, "tessera.db")}`;
  }
  const admin = process.env.TESSERA_TEST_POSTGRES_URL;
  if (!admin) {
    throw new Error("TESSERA_TEST_POSTGRES_URL is not set: run these tests with `make e2e`");
  }
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const psql = process.env.TESSERA_TEST_PSQL ?? "psql";
  execFileSync(psql, [admin, "--quiet", "--no-psqlrc", "--command", `CREATE DATABASE ${name}`]);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
