// An administrator signs in to the console, and brings others in.
import { expect, type Page } from "@playwright/test";
import { send, type Values } from "./forms.ts";
import { ADMINISTRATOR } from "./people.ts";

/** Signs in; the console opens with what there is to look after. */
export async function signInToConsole(page: Page, who: { email: string; password: string } = ADMINISTRATOR): Promise<void> {
  await page.goto("/console");
  await send(page, { username: who.email, password: who.password });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Subscriptions");
}

/** Makes somebody an administrator, and gives the link with which they choose a password. */
export async function invite(page: Page, values: Values): Promise<string> {
  await page.goto("/console/administrators/invite");
  await send(page, values, "Invite");
  const shown = page.getByRole("group", { name: "Link to choose a password" });
  const link = /https?:\/\/\S+\/console\/invitation\?token=[\w.~-]+/.exec(await shown.innerText())?.[0];
  if (!link) throw new Error(`no link on the page: ${await shown.innerText()}`);
  return link;
}

/** The address of what stands first in a list. */
export async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const to = await page.getByRole("rowheader").getByRole("link").first().getAttribute("href");
  if (!to) throw new Error(`nothing in ${list}`);
  return to;
}
