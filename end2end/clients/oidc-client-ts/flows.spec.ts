// Every flow of oidc-client-ts, by pressing the buttons of a single-page application in Chromium.
import { expect, type Page, test } from "@playwright/test";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { host } from "./host.ts";

const { ISSUER, WEBSITE, NEIGHBOUR, PERSON_USERNAME, PERSON_PASSWORD } = process.env as Record<string, string>;
if (!ISSUER || !WEBSITE || !NEIGHBOUR) throw new Error("run this by end2end/clients/run oidc-client-ts");

let server: Server;
test.beforeAll(async () => {
  server = await host(WEBSITE, ISSUER);
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("code and PKCE, refresh and sign-out", async ({ page }) => {
  await open(page, `${WEBSITE}/catalogue/`);
  await press(page, "Sign in");
  await signIn(page);
  const first = await user(page);
  ok("discovery");
  ok("code and PKCE");
  ok("public client");
  expect(first.profile).toMatchObject({ iss: ISSUER, aud: "catalogue", name: "John Doe" });
  ok("identity token");
  expect(first.profile.email).toBe("john@example.org");
  ok("UserInfo");

  await press(page, "Renew");
  await isDone(page);
  const second = await user(page);
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);

  // And without a button, before the token ends.
  await page.goto(`${WEBSITE}/catalogue/?renewing`);
  await expect.poll(async () => (await user(page)).access_token, { timeout: 20_000 }).not.toBe(second.access_token);
  ok("refresh");

  await page.goto(`${WEBSITE}/catalogue/`);
  await isReady(page);
  await press(page, "Sign out");
  await expect(page.locator("#answer")).toHaveText('"signed out"');
  await press(page, "Sign in");
  await expect(page.locator('[name="password"]'), "the session has ended").toBeVisible();
  ok("sign-out");
});

test("sign-in in a window of its own", async ({ page, context }) => {
  await open(page, `${WEBSITE}/catalogue/`);
  const opened = context.waitForEvent("page");
  await press(page, "Sign in in a window");
  await fillIn(await opened);
  await expect(page.locator("#user")).toContainText("John Doe");
  ok("sign-in in a window");
});

test("silent sign-in in a frame, where the application is of the issuer's site", async ({ page }) => {
  await open(page, `${NEIGHBOUR}/catalogue/`);
  await press(page, "Sign in silently");
  await expect(page.locator("#answer")).toHaveText('{"error":"login_required"}');
  await press(page, "Sign in");
  await signIn(page);
  const first = await user(page);
  await press(page, "Sign in silently");
  await isDone(page);
  const second = await user(page);
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.profile.sub).toBe(first.profile.sub);
  ok("silent sign-in");
});

test("DPoP, with nonces and a bound code", async ({ page }) => {
  await open(page, `${WEBSITE}/bound-catalogue/`);
  await press(page, "Sign in");
  await signIn(page);
  expect((await user(page)).token_type).toBe("DPoP");
  await press(page, "Ask UserInfo");
  await expect(page.locator("#answer")).toContainText("john@example.org");
  const { access_token } = await user(page);
  await press(page, "Renew");
  await isDone(page);
  expect((await user(page)).access_token).not.toBe(access_token);
  ok("DPoP");
});

test("scripts of the application's origins may read the token endpoint's answers, and no others", async ({ page }) => {
  const elsewhere = await host("http://127.0.0.1:0", ISSUER);
  const { port } = elsewhere.address() as AddressInfo;
  /** The status that a script sees, or the browser's refusal to tell. */
  const ask = async (origin: string) => {
    await page.goto(`${origin}/catalogue/`);
    return page.evaluate(async (issuer) => {
      const body = new URLSearchParams({ grant_type: "authorization_code", client_id: "catalogue", code: "x" });
      return fetch(`${issuer}/connect/token`, { method: "POST", body }).then((answer) => answer.status, String);
    }, ISSUER);
  };
  expect(await ask(WEBSITE)).toBe(400);
  expect(await ask(`http://127.0.0.1:${port}`)).toContain("Failed to fetch");
  elsewhere.closeAllConnections();
  elsewhere.close();
  ok("CORS");
});

type User = {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  token_type: string;
  profile: Record<string, unknown>;
};

function ok(flow: string): void {
  console.log(`ok: ${flow}`);
}

async function open(page: Page, address: string): Promise<void> {
  page.on("pageerror", (error) => console.log(`page: ${error}`));
  await page.goto(address);
  await isReady(page);
}

async function press(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Tessera's page. */
async function fillIn(page: Page): Promise<void> {
  await page.locator('[name="username"]').fill(PERSON_USERNAME ?? "");
  await page.locator('[name="password"]').fill(PERSON_PASSWORD ?? "");
  await page.locator('[name="password"]').press("Enter");
}

/** Tessera's page, and back at the application, which redeems the code. */
async function signIn(page: Page): Promise<void> {
  await fillIn(page);
  await isDone(page);
}

async function isReady(page: Page): Promise<void> {
  await expect(page.locator("#answer")).toHaveText('"ready"');
}

async function isDone(page: Page): Promise<void> {
  await expect(page.locator("#answer")).toHaveText('"done"');
}

async function user(page: Page): Promise<User> {
  return JSON.parse((await page.locator("#user").textContent()) ?? "null") as User;
}
