# The playground: a real sign-in, tried out from the console.

playground-open = Try it in the playground
playground-title = Playground
playground-lead = Run a real sign-in to { $name } and read every request, answer and token of it.
playground-fact-self = Sign in as a user of { $subscription }, not with your console account.
playground-fact-real = It is a real sign-in: what you fill in on the way is kept. You see every token afterwards; by then they no longer work.
playground-only-editors = Editors can start a run here.
playground-no-grant = This application has no grant that could be tried out. Allow one in its settings.
problem-playground-disabled = The application is out of use. Enable it to try it out.
playground-start = Start
playground-more = More ways to ask
playground-summary = What the tokens hold
playground-summary-scopes = Scopes:
playground-summary-nothing = Nothing besides what every token has.

playground-grant = What to try out
playground-scope = Scopes to request
playground-scope-help = An application that acts for itself asks for the API scopes among them.
playground-scope-empty = The application may not request any scope yet.
playground-prompt = What to ask you
playground-prompt-help = The parameter prompt.
playground-prompt-default = Only what is necessary
playground-prompt-none = Nothing: answer at once, or say why not (none)
playground-prompt-login = To sign in again (login)
playground-prompt-consent = For consent, given before or not (consent)
playground-prompt-select-account = Which account (select_account)
playground-prompt-create = To create an account (create)
playground-max-age = Longest time since you signed in
playground-max-age-help = In seconds. The parameter max_age: whoever signed in longer ago does so again.

playground-runs = Your runs
playground-runs-text = Only you see them.
playground-run-title = Playground run
playground-again = Run again
playground-started = Started
playground-withheld = Only what is secret is left out: … stands in its place.
playground-to-failure = What went wrong?

playground-state-done = Done
playground-state-refused = Refused
playground-state-no-tokens = No tokens
playground-state-waiting = Under way
playground-state-expired = No answer
playground-state-interrupted = Interrupted
playground-done = It worked: the application would have everything below.
playground-refused = The sign-in was refused. The error that the application would hear is below.
playground-no-tokens = The token endpoint gave an error instead of tokens. It is below.
playground-waiting = No answer has come back yet. If the sign-in has ended on an error page, its reference leads to the cause: search for it in the audit log.
playground-expired = No answer came back within ten minutes. If the sign-in ended on an error page, its reference leads to the cause: search for it in the audit log.
playground-interrupted = The answer came back, but something on our side failed after that. The code is used up, so please run it again.

playground-step = { $number }. { $title }
playground-step-request = Authorization request
playground-step-request-text = The application sends the browser to this address, with these parameters.
playground-step-sign-in = What happened in between
playground-step-sign-in-text = The browser was at the subscription's own pages. The application learns nothing of this part.
playground-step-answer = Back to the application
playground-step-answer-text = The browser comes back with these parameters, here to { $uri }. Your application has a redirect URI of its own.
playground-step-token = Token request
playground-step-token-secret = The application's server exchanges what it has for tokens. It proves who it is by its secret; this run did without, because only the application knows that secret.
playground-step-token-public = The application exchanges the code for tokens. It keeps no secret: code_verifier proves that it is the one that asked.
playground-step-identity-token-text = For the application: who signed in, when and how.
playground-step-access-token-text = For APIs. The application passes it on and does not read it.
playground-step-reference-text = A reference: an id that says nothing by itself. An API asks what it stands for, see below.
playground-step-userinfo = UserInfo
playground-step-userinfo-text = What the application is told about the user when it asks with the access token.
playground-step-introspection = Introspection
playground-step-introspection-text = What an API is told when it asks about the access token.
playground-step-introspection-nobody = None of the granted scopes belongs to an API connection, so there is no API that could ask about the access token.

playground-proof = Proved who they are
playground-proof-new = during this run
playground-proof-earlier = before this run, so no password was asked for
playground-method = Method
playground-asked = On the way
playground-asked-nothing = Nothing was asked.

playground-token-bytes = { $count ->
    [one] The whole token has 1 byte.
   *[other] The whole token has { $count } bytes.
}
playground-token-header = Header: { $name }
playground-token-claims = Claims: { $name }
playground-answer = Answer: { $status }
playground-sample-token = The request
playground-sample-userinfo = The request
playground-sample-introspection = The request of { $connection }
playground-checks = What the application has to check
playground-check-good = Right:
playground-check-bad = Wrong:
playground-check-state = state is the one that was sent, so this browser began the sign-in.
playground-check-issuer = iss names the issuer that was asked, so nobody else answered.
playground-check-signature = The signature was made by a key that the issuer publishes.
playground-check-nonce = nonce is the one that was sent, so the token belongs to this sign-in.

playground-param-response-type = Asks for a code, which the application exchanges for tokens.
playground-param-client-id = Says which application asks.
playground-param-redirect-uri = Where the answer goes. Your application sends one that is registered for it; this one is for the playground only.
playground-param-scope = What is asked for.
playground-param-state = A random value that comes back with the answer, and ties it to this browser.
playground-param-nonce = A random value that comes back in the identity token, and ties it to this sign-in.
playground-param-code-challenge = The SHA-256 of a random value that only the application knows until it redeems the code (PKCE).
playground-param-code-challenge-method = How code_challenge was made from it.
playground-param-prompt = What people are to be asked.
playground-param-max-age = Seconds since the last sign-in after which people sign in again.
playground-param-grant-type = How the application gets its tokens.
playground-param-code = What the application exchanges for tokens: once, and within a minute.
playground-param-iss = Which issuer answers.
playground-param-error = What went wrong, for programs.
playground-param-error-description = What went wrong, for developers.

error-playground = This run is not yours to finish
error-playground-text = It was started in the console, in another browser or by somebody else, or you have been signed out of the console since. Nothing was passed on. You may close this page.
