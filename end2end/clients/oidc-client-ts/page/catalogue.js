// A single-page application: oidc-client-ts as it comes from npm, without a bundler.
import { IndexedDbDPoPStore, UserManager, WebStorageStateStore } from "oidc-client-ts";

const { issuer } = await (await fetch("/settings.json")).json();
// The same page is two applications: /catalogue/, and /bound-catalogue/ whose tokens count with a proof of its key.
const clientId = location.pathname.split("/")[1];
const here = `${location.origin}/${clientId}/`;

const manager = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: here,
  post_logout_redirect_uri: here,
  scope: "openid profile email",
  // With tokens of its own key the library asks UserInfo as if they were anybody's: `userInfo` below does it.
  loadUserInfo: !clientId.startsWith("bound-"),
  dpop: clientId.startsWith("bound-") ? { store: new IndexedDbDPoPStore(), bind_authorization_code: true } : undefined,
  // The library renews by itself this many seconds before the end: of a token of a minute, after three.
  automaticSilentRenew: new URLSearchParams(location.search).has("renewing"),
  accessTokenExpiringNotificationTimeInSeconds: 57,
  // Kept while the tab is open.
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});

/** UserInfo with a proof of the key that the token is bound to; a second try has the nonce that the first was told. */
async function userInfo(nonce) {
  const user = await manager.getUser();
  const url = await manager.metadataService.getUserInfoEndpoint();
  const proof = await manager.dpopProof(url, user, "GET", nonce);
  const answer = await fetch(url, { headers: { authorization: `DPoP ${user.access_token}`, dpop: proof } });
  const asked = answer.headers.get("dpop-nonce");
  return answer.status === 401 && asked && !nonce ? userInfo(asked) : answer.json();
}

const actions = {
  "sign-in": () => manager.signinRedirect(),
  "sign-in-popup": async () => void (await manager.signinPopup()),
  // Without the refresh token it is the session at the issuer that counts, asked in a frame that nobody sees.
  "sign-in-silently": async () => {
    await manager.removeUser();
    await manager.signinSilent();
  },
  renew: async () => void (await manager.signinSilent()),
  "user-info": () => userInfo(),
  // With a state of its own the page knows that it is the one who asked.
  "sign-out": () => manager.signoutRedirect({ state: "goodbye" }),
};

/** Shows what came of an action. */
async function act(action) {
  const answer = document.querySelector("#answer");
  answer.textContent = "…";
  try {
    const result = await action();
    await show();
    answer.textContent = JSON.stringify(result ?? "done", null, 2);
  } catch (error) {
    answer.textContent = JSON.stringify({ error: error.error ?? String(error) });
  }
}

async function show() {
  const user = await manager.getUser();
  document.querySelector("#user").textContent = JSON.stringify(user, null, 2);
}

for (const [id, action] of Object.entries(actions)) {
  document.querySelector(`#${id}`).addEventListener("click", () => act(action));
}
manager.events.addUserLoaded(show);

const answered = new URLSearchParams(location.search);
if (answered.has("code") || answered.has("error")) {
  // Also in the window and in the frame, where this tells the page that opened them.
  await act(async () => void (await manager.signinCallback()));
} else if (answered.has("state")) {
  await act(async () => (await manager.signoutCallback(), "signed out"));
} else {
  await act(async () => "ready");
}
if (window === top && !opener) history.replaceState(null, "", here);
