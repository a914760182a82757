// Who takes part in the stories.
import type { Browser, Page } from "@playwright/test";

export const ADMINISTRATOR = { email: "ada@example.org", password: "seven brass keys, one door" };

/** Registers herself. */
export const ALICE = {
  email: "alice@example.org",
  password: "paper boats on a slow canal",
  newPassword: "paper kites over a fast canal",
  card: "LC-000001",
};

/** Was there before: an administrator made his account. */
export const JOHN = {
  username: "john",
  email: "john.doe@example.org",
  password: "two herons by the old weir",
  givenName: "John",
  card: "LC-123456",
};

/** Somebody with a browser of their own, who has never been anywhere. */
export async function newPerson(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}
