// Pages speak as the reader chose, or as the application asked.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { refusesToSignIn } from "../support/end-user.ts";
import { expect, test } from "../support/fixtures.ts";
import { follow, submit } from "../support/forms.ts";
import { JOHN, newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

test("the console speaks Portuguese to whoever chose it", async ({ page, server, library }) => {
  populate(server, library.redirectUri);
  const heading = new Console(page).heading();
  const html = page.locator("html");
  await signInToConsole(page);
  await expect(html).toHaveAttribute("lang", "en");

  await follow(page, "Language: English");
  await expect(heading).toHaveText("Language");
  expect((await submit(page.locator("form[method=post]"), "Português (Brasil)")).status()).toBe(303);
  await expect(heading).toHaveText("Assinaturas");
  await expect(html).toHaveAttribute("lang", "pt-BR");
  await expect(page.getByRole("status").first()).toContainText("As páginas agora estão em português.");
  await page.goto("/console/mysub/applications");
  await expect(heading).toHaveText("Aplicações");
  await expect(html).toHaveAttribute("lang", "pt-BR");

  // A language that there is not changes nothing.
  const form = { form: { language: "xx" }, headers: { origin: server.url }, maxRedirects: 0 };
  expect((await page.request.post("/console/language", form)).status()).toBe(422);

  await follow(page, "Idioma: português (Brasil)");
  expect((await submit(page.locator("form[method=post]"), "English")).status()).toBe(303);
  await expect(heading).toHaveText("Applications");
  await expect(html).toHaveAttribute("lang", "en");
});

test("a sign-in speaks as the application asked", async ({ page, browser, server, library }) => {
  const sample = populate(server, library.redirectUri);
  await library.configure(sample.issuer, sample.app.name, sample.app.secret);
  await page.goto(library.loginUrl({ ui_locales: "xx pt-BR en" }));
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Entrar");
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await refusesToSignIn(page, JOHN.username, "a wrong password");
  await expect(heading).toHaveText("Entrar");
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");

  // The reader's own choice counts more, and the sign-in goes on where it was.
  await follow(page, "Idioma: português (Brasil)");
  expect((await submit(page.locator("form"), "English")).status()).toBe(303);
  await expect(heading).toHaveText("Sign in");
  await expect(page.getByText("to continue to Library website")).toBeVisible();

  const other = await newPerson(browser);
  await other.goto(library.loginUrl({ ui_locales: "xx" }));
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await other.context().close();
});
