// What end users do on the way to a website.
import { expect, type Page } from "@playwright/test";
import { field, formWith, submit } from "./forms.ts";
import type { RelyingParty, SignIn } from "./relying-party.ts";

/** The browser is back at the website, which knows who it is. */
export async function isSignedIn(person: Page, website: RelyingParty): Promise<void> {
  await expect(person).toHaveURL(new RegExp(`^${website.url}/callback`));
  await expect(person.getByRole("heading")).toHaveText("Welcome to the library");
}

/** Signs somebody in whom Tessera knows already, and gives the tokens. */
export async function signIn(person: Page, website: RelyingParty): Promise<SignIn["tokens"]> {
  await person.goto(website.loginUrl());
  await isSignedIn(person, website);
  return website.take().tokens;
}

/** Answers the question whether the application may. */
export async function answer(person: Page, words: "Allow" | "Do not allow"): Promise<void> {
  const response = await submit(person.locator("form"), words);
  expect(response.status()).toBe(303);
}

/** Name and password are refused, without a word on which of them was wrong. */
export async function refusesToSignIn(person: Page, username: string, password: string): Promise<void> {
  const form = formWith(person, "username", "password");
  await field(form, "username").fill(username);
  await field(form, "password").fill(password);
  expect((await submit(form)).status()).toBeGreaterThanOrEqual(400);
  await expect(person.getByRole("alert")).toBeVisible();
}

/** What the page of a refused sign-in gives people for whoever helps them. */
export async function shownReference(person: Page): Promise<string> {
  const sentence = await person.getByText("If you ask somebody for help, give them this reference:").innerText();
  const reference = sentence.split(":").at(-1)?.trim();
  if (!reference) throw new Error(`no reference in: ${sentence}`);
  return reference;
}
