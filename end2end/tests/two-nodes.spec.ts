// Two processes on one PostgreSQL database: what one of them has done, the other knows.
import type { Page } from "@playwright/test";
import { Console } from "../support/console.ts";
import { expect, test as base } from "../support/fixtures.ts";
import { follow, send } from "../support/forms.ts";
import { type Answer, postTo } from "../support/node.ts";
import { ADMINISTRATOR, JOHN } from "../support/people.ts";
import { populate, type Sample } from "../support/sample.ts";
import { Server } from "../support/server.ts";

const REDIRECT_URI = "http://127.0.0.1:9/callback";
const PARALLEL = 50;

type Tokens = { access_token: string; refresh_token: string };

const test = base.extend<{ second: Server; sample: Sample }>({
  second: async ({ server }, use) => {
    const second = await Server.beside(server);
    await use(second);
    await second.remove();
  },
  sample: async ({ server }, use) => use(populate(server, REDIRECT_URI)),
});

test.use({ engine: "postgres" });

test("of fifty parallel redemptions of one code over both, one gets tokens", async ({ page, server, second, sample }) => {
  await signIn(page, sample);
  const code = await newCode(page, sample);
  const redemption = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  const won = await onlyOneWins([server, second], sample, redemption);
  // RFC 6749 section 4.1.2: what was issued dies with the replay.
  const asked = await postTo(second, `${sample.issuer}/connect/introspect`, { token: won.access_token }, sample.api);
  expect(asked.body).toEqual({ active: false });
});

test("of fifty parallel uses of one refresh token over both, one gets tokens", async ({ page, server, second, sample }) => {
  await signIn(page, sample);
  const { refresh_token } = await redeem(server, sample, await newCode(page, sample));
  const won = await onlyOneWins([server, second], sample, { grant_type: "refresh_token", refresh_token });
  const successor = { grant_type: "refresh_token", refresh_token: won.refresh_token };
  const dead = await postTo(second, `${sample.issuer}/connect/token`, successor, sample.app);
  expect(dead).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("what one revokes is dead at the other at once", async ({ page, server, second, sample }) => {
  await signIn(page, sample);
  for (const [one, other] of [[server, second], [second, server]] as const) {
    const tokens = await redeem(one, sample, await newCode(page, sample));
    const ask = () => postTo(other, `${sample.issuer}/connect/introspect`, { token: tokens.access_token }, sample.api);
    expect((await ask()).body).toMatchObject({ active: true });
    const revoked = await postTo(one, `${sample.issuer}/connect/revocation`, { token: tokens.access_token }, sample.app);
    expect(revoked.status).toBe(200);
    expect((await ask()).body).toEqual({ active: false });
  }
});

test("the other follows a change of configuration within about a second", async ({ page, second, sample }) => {
  const next = () => postTo(second, `${sample.issuer}/connect/token`, { grant_type: "client_credentials" }, sample.service);
  expect((await next()).body.access_token).toContain(".");

  await page.goto("/console");
  await send(page, { username: ADMINISTRATOR.email, password: ADMINISTRATOR.password });
  await follow(page, "My subscription");
  const administrator = new Console(page);
  await administrator.open("Applications");
  await administrator.openRow("nightly-report");
  await administrator.save({ access_token_format: "reference" });

  const format = async () => (/^[0-9a-f]{64}$/.test(String((await next()).body.access_token)) ? "reference" : "jwt");
  await expect.poll(format, { timeout: 1_200, intervals: [100] }).toBe("reference");
});

/** Sends the same request fifty times at once, by turns to each node, and gives the one good answer. */
async function onlyOneWins(
  nodes: readonly [Server, Server],
  sample: Sample,
  parameters: Record<string, string>,
): Promise<Tokens> {
  const attempts = Array.from({ length: PARALLEL }, (_, turn) =>
    postTo(nodes[turn % 2 === 0 ? 0 : 1], `${sample.issuer}/connect/token`, parameters, sample.app),
  );
  const answers = await Promise.all(attempts);
  const won = answers.filter((answer) => answer.status === 200);
  const lost = answers.filter((answer) => answer.status === 400 && answer.body.error === "invalid_grant");
  expect([won.length, lost.length], JSON.stringify(answers.map(outcome))).toEqual([1, PARALLEL - 1]);
  return (won[0] as Answer).body as Tokens;
}

function outcome(answer: Answer): string {
  return `${answer.status} ${String(answer.body.error ?? "")}`;
}

async function signIn(page: Page, sample: Sample): Promise<void> {
  await page.goto(`${sample.issuer}/account`);
  await send(page, { username: JOHN.username, password: JOHN.password });
}

/** A code for the browser that is signed in: no page is shown. */
async function newCode(page: Page, sample: Sample): Promise<string> {
  const request = new URLSearchParams({
    client_id: sample.app.name,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    scope: "openid library library-api-checked-books",
  });
  const answer = await page.request.get(`${sample.issuer}/connect/authorize?${request}`, { maxRedirects: 0 });
  const code = new URL(answer.headers().location ?? "", sample.issuer).searchParams.get("code");
  if (!code) throw new Error(`no code: ${answer.status()} ${answer.headers().location}`);
  return code;
}

async function redeem(node: Server, sample: Sample, code: string): Promise<Tokens> {
  const parameters = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  const answer = await postTo(node, `${sample.issuer}/connect/token`, parameters, sample.app);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Tokens;
}
