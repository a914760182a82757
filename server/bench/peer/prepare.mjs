// Signs somebody in at Tessera and prints, as JSON, what the measurements need of a user: the session's cookie, access
// tokens of both kinds and refresh tokens. Arguments: issuer, user name, password, secret, number of refresh tokens.
const [issuer, username, password, secret, count] = process.argv.slice(2);
const callback = "https://bench.example/callback";
const cookies = new Map();

async function visit(url, form) {
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  if (form) headers.origin = new URL(issuer).origin;
  const options = { headers, redirect: "manual", method: form ? "POST" : "GET", body: form && new URLSearchParams(form) };
  const answer = await fetch(new URL(url, issuer), options);
  for (const line of answer.headers.getSetCookie()) {
    const [name, value] = line.split(";")[0].split("=");
    cookies.set(name, value);
  }
  return answer;
}

async function code(client) {
  const query = new URLSearchParams({ response_type: "code", client_id: client, redirect_uri: callback, scope: "openid profile email" });
  let answer = await visit(`${issuer}/connect/authorize?${query}`);
  let at = answer.headers.get("location");
  if (at && !at.startsWith(callback)) {
    answer = await visit(at, { username, password });
    at = answer.headers.get("location");
  }
  const found = at && new URL(at).searchParams.get("code");
  if (!found) throw new Error(`no code: ${answer.status} ${at} ${await answer.text()}`);
  return found;
}

async function tokens(client) {
  const body = { grant_type: "authorization_code", code: await code(client), redirect_uri: callback, client_id: client, client_secret: secret };
  const answer = await fetch(`${issuer}/connect/token`, { method: "POST", body: new URLSearchParams(body) });
  if (!answer.ok) throw new Error(`no tokens: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const refresh = [];
let jwt;
for (let i = 0; i < Number(count); i++) {
  const got = await tokens("web");
  refresh.push(got.refresh_token);
  jwt = got.access_token;
}
const reference = (await tokens("web-reference")).access_token;
const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
console.log(JSON.stringify({ cookie, jwt, reference, refresh }));
