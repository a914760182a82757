// An application asks for somebody's sign-in, who answers on another screen (OpenID Connect CIBA).
import { Desk } from "../support/desk.ts";
import { expect, test } from "../support/fixtures.ts";
import { follow, send, submit } from "../support/forms.ts";
import { JOHN } from "../support/people.ts";
import { populate } from "../support/sample.ts";

test("a desk asks, and whom it asked says yes on the phone", async ({ page, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  const desk = await Desk.in(server, issuer);
  const request = await desk.ask(JOHN.username, "W4SCT");
  expect(request).toMatchObject({ expires_in: 600, interval: 5 });
  await expect(desk.poll(request)).rejects.toMatchObject({ error: "authorization_pending" });

  await page.goto(`${issuer}/requests`);
  await send(page, { username: JOHN.username, password: JOHN.password });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign-ins that wait for you");
  await expect(page.getByText("W4SCT", { exact: true })).toBeVisible();
  await follow(page, "Look at it");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in to Front desk?");
  await submit(page.locator("form"), "Allow");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The application may go on");

  const tokens = await desk.poll(request);
  expect(await desk.user(tokens)).toMatchObject({ given_name: JOHN.givenName });
  await expect(desk.poll(request)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("a no reaches the desk, and the list is empty then", async ({ page, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  const desk = await Desk.in(server, issuer);
  const request = await desk.ask(JOHN.email, "B7QQ2");
  await page.goto(`${issuer}/account`);
  await send(page, { username: JOHN.username, password: JOHN.password });
  await page.goto(`${issuer}/account`);
  await follow(page, "Sign-ins that wait for you");
  await follow(page, "Look at it");
  await submit(page.locator("form"), "Do not allow");
  await expect(desk.poll(request)).rejects.toMatchObject({ error: "access_denied" });
  await follow(page, "Sign-ins that wait for you");
  await expect(page.getByText("No application waits for an answer.")).toBeVisible();
});
