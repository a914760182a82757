// The same configuration without a browser: apply, apply again, export, apply the export.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "../support/fixtures.ts";
import { introspect, post, verifyAccessToken } from "../support/protocol.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../examples/library.json");

test("the example makes everything once, and the second time there is nothing to do", async ({ server }) => {
  const env = secretsOf(EXAMPLE);
  const empty = server.run(["export"]).stdout;

  const dry = server.run(["apply", EXAMPLE, "--dry-run"], "", env);
  expect(dry.status, dry.stderr).toBe(0);
  expect(dry.stdout).toMatch(/^\+ /m);
  expect(dry.stdout).toContain("Nothing was done");
  expect(server.run(["export"]).stdout).toBe(empty);

  const first = server.run(["apply", EXAMPLE], "", env);
  expect(first.status, first.stderr).toBe(0);
  expect(first.stdout).toContain("library_card");
  expect(first.stdout).toMatch(/^Done: created [1-9]\d*, changed 0, deleted 0\.$/m);
  for (const secret of Object.values(env)) expect(first.stdout).not.toContain(secret);

  const second = server.run(["apply", EXAMPLE], "", env);
  expect(second.status, second.stderr).toBe(0);
  expect(second.stdout).toMatch(/^Nothing to do/);
});

test("the running server follows at once, and the secrets are those of the environment", async ({ server }) => {
  const env = secretsOf(EXAMPLE);
  expect(server.run(["apply", EXAMPLE], "", env).status).toBe(0);
  const file = JSON.parse(readFileSync(EXAMPLE, "utf8")) as Document;
  const subscription = file.subscriptions[0];
  const connection = subscription?.api_connections[0];
  if (!subscription || !connection) throw new Error("the example has no API connection");
  const issuer = `${server.url}/s/${subscription.slug}`;
  await expect.poll(async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).status).toBe(200);
  const api = { name: connection.name, secret: valueOf(connection.secret, env) };
  expect(await introspect(issuer, api, "0".repeat(64))).toEqual({ active: false });

  const service = subscription.applications.find((one) => one.grant_types?.includes("client_credentials"));
  if (!service) return;
  const credentials = { name: service.client_id, secret: valueOf(service.secret ?? "", env) };
  const granted = await post(issuer, "token", { grant_type: "client_credentials" }, credentials);
  expect(granted.status, JSON.stringify(granted.body)).toBe(200);
  await verifyAccessToken(issuer, api.name, String(granted.body.access_token));
});

test("an export is the same file each time, keeps its secrets to itself, and changes nothing when applied", async ({
  server,
}) => {
  const env = secretsOf(EXAMPLE);
  expect(server.run(["apply", EXAMPLE], "", env).status).toBe(0);
  const exported = server.run(["export"]);
  expect(exported.status, exported.stderr).toBe(0);
  expect(server.run(["export"]).stdout).toBe(exported.stdout);
  for (const secret of Object.values(env)) expect(exported.stdout).not.toContain(secret);
  expect(exported.stdout).toContain('"env:');

  const file = join(server.folder, "exported.json");
  writeFileSync(file, exported.stdout);
  const again = server.run(["apply", file]);
  expect(again.status, again.stderr).toBe(0);
  expect(again.stdout).toMatch(/^Nothing to do/);
  expect(server.run(["apply", file, "--prune"]).stdout).toMatch(/^Nothing to do/);

  const { subscriptions } = JSON.parse(readFileSync(EXAMPLE, "utf8")) as Document;
  const given = JSON.parse(exported.stdout) as Document;
  expect(given.subscriptions.map((one) => one.slug)).toEqual(subscriptions.map((one) => one.slug).sort());
  expect(given.subscriptions[0]?.applications).toHaveLength(subscriptions[0]?.applications.length ?? 0);
});

test("an export moves into an empty installation", async ({ server }) => {
  const example = server.run(["apply", EXAMPLE], "", secretsOf(EXAMPLE));
  expect(example.status, example.stderr).toBe(0);
  const exported = server.run(["export"]).stdout;
  const slug = (JSON.parse(exported) as Document).subscriptions[0]?.slug ?? "";
  const copy = exported
    .replaceAll(`"slug": "${slug}"`, '"slug": "copy"')
    .replaceAll(`"env:${slug.toUpperCase()}_`, '"env:COPY_');
  const file = join(server.folder, "copy.json");
  writeFileSync(file, copy);

  const without = server.run(["apply", file]);
  expect(without.status).toBe(1);
  expect(without.stderr).toMatch(/[A-Z_]{8,}/);
  const made = server.run(["apply", file], "", secretsOf(file));
  expect(made.status, made.stderr).toBe(0);
  expect(server.run(["export", "--subscription", "copy"]).stdout.trim()).toBe(copy.trim());
});

test("a wrong file is refused with the place and the reason, and applies nothing", async ({ server }) => {
  const empty = server.run(["export"]).stdout;
  const file = join(server.folder, "wrong.json");
  const refused = (contents: string) => {
    writeFileSync(file, contents);
    const done = server.run(["apply", file]);
    expect(done.status, done.stdout).toBe(1);
    expect(server.run(["export"]).stdout).toBe(empty);
    return done.stderr;
  };
  expect(refused('{"subscriptions": [\n  {"slug": "a", "name": "A", "colour": "red"}]}')).toMatch(
    /line 2.*subscriptions\[0\]\.colour.*unknown field/,
  );
  expect(refused("{")).toMatch(/line 1/);
  const dangling = { client_id: "x", name: "X", redirect_uris: ["https://x.example/"], allowed_identity_scopes: ["nope"] };
  const said = refused(JSON.stringify({ subscriptions: [{ slug: "a", name: "A", applications: [dangling] }] }));
  expect(said).toContain("allowed_identity_scopes");
  expect(said).toContain("nope");
});

type Document = {
  subscriptions: {
    slug: string;
    applications: { client_id: string; secret?: string; grant_types?: string[] }[];
    api_connections: { name: string; secret: string }[];
  }[];
};

/** A value for every variable that a file names. */
function secretsOf(file: string): Record<string, string> {
  const named = readFileSync(file, "utf8").matchAll(/"env:([^"]+)"/g);
  return Object.fromEntries([...named].map(([, name]) => [name ?? "", randomBytes(32).toString("base64url")]));
}

/** What a reference of the file stands for. */
function valueOf(reference: string, env: Record<string, string>): string {
  return reference.startsWith("env:") ? (env[reference.slice(4)] ?? "") : reference.replace(/^value:/, "");
}
