// Where a server under test keeps its data: SQLite in its own folder, or a
// database of its own in the private PostgreSQL of `cargo xtask e2e`.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

export type Engine = "sqlite" | "postgres";

/** Makes an empty database and returns its URL. */
export function freshDatabase(engine: Engine, folder: string): string {
  if (engine === "sqlite") {
    return `sqlite:${join(folder, "tessera.db")}`;
  }
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  administer(`CREATE DATABASE ${name}`);
  const url = new URL(administrator());
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes what `freshDatabase` made on PostgreSQL; files go with their folder. */
export function dropDatabase(url: string): void {
  if (url.startsWith("postgres:")) {
    administer(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  }
}

function administrator(): string {
  const url = process.env.TESSERA_TEST_POSTGRES_URL;
  if (!url) throw new Error("TESSERA_TEST_POSTGRES_URL is not set: run these tests with `make e2e`");
  return url;
}

function administer(statement: string): void {
  const psql = process.env.TESSERA_TEST_PSQL ?? "psql";
  execFileSync(psql, [administrator(), "--quiet", "--no-psqlrc", "--command", statement]);
}
