// A device without a browser, and the person who connects it on another screen (RFC 8628).
import { Television } from "../support/device.ts";
import { expect, test } from "../support/fixtures.ts";
import { formWith, send, sendInVain, submit } from "../support/forms.ts";
import { JOHN } from "../support/people.ts";
import { populate } from "../support/sample.ts";

test("a television is connected by the code that it shows", async ({ page, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  const television = await Television.in(server, issuer);
  const codes = await television.begin();
  expect(codes).toMatchObject({ verification_uri: `${issuer}/device`, expires_in: 600, interval: 5 });
  await expect(television.poll(codes)).rejects.toMatchObject({ error: "authorization_pending" });

  await page.goto(codes.verification_uri);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connect a device");
  await send(page, { user_code: codes.user_code.toLowerCase().replace("-", " ") });
  await expect(page.getByText("to continue to Reading room on TV")).toBeVisible();
  await send(page, { username: JOHN.username, password: JOHN.password });

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connect Reading room on TV?");
  await expect(page.getByText(codes.user_code, { exact: true })).toBeVisible();
  await expect(television.poll(codes)).rejects.toMatchObject({ error: expect.stringMatching(/authorization_pending|slow_down/) });
  await submit(page.locator("form"), "Connect");
  await expect(page.getByText("You can go back to your device")).toBeVisible();

  const tokens = await television.poll(codes);
  expect(await television.user(tokens)).toMatchObject({ given_name: JOHN.givenName });
  const next = await television.refresh(tokens.refresh_token ?? "");
  expect(next.refresh_token).not.toBe(tokens.refresh_token);
  await expect(television.poll(codes)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("a link with the code still asks, and a no reaches the television", async ({ page, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  const television = await Television.in(server, issuer);
  const codes = await television.begin("openid");
  await page.goto(codes.verification_uri_complete ?? "");
  await expect(page.getByText("Go on only if your device shows this very code")).toBeVisible();
  await expect(page.locator('[name="user_code"]')).toHaveValue(codes.user_code);
  await submit(formWith(page, "user_code"));
  await send(page, { username: JOHN.username, password: JOHN.password });
  await submit(page.locator("form"), "Do not connect");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The device was not connected");
  await expect(television.poll(codes)).rejects.toMatchObject({ error: "access_denied" });

  await page.goto(codes.verification_uri);
  await sendInVain(page, { user_code: codes.user_code }, "user_code");
});
