# The console: applications.

applications-lead = Websites, apps and services that sign users in here or call APIs.
applications-new = New application
applications-search = Search applications
applications-empty-title = No application yet
applications-empty-text = An application is whatever signs users in here: a website, an app on a phone, a service. Make the first one, and its settings page shows code to begin with.

application-settings = Application settings
application-client-id = Client ID
application-client-id-help = It cannot be changed later. What the application calls itself in requests.
application-name-help = Shown to people when they sign in.
application-type = Type
application-type-help = It cannot be changed later. Decides whether the application can keep a secret.
application-type-web = Web
application-type-web-text = A website with a server, which keeps a secret.
application-type-single-page = Single-page
application-type-single-page-text = Runs in the browser alone; no secret, always PKCE.
application-type-native = Native
application-type-native-text = Runs on a phone or a desktop; no secret, always PKCE.
application-type-service = Service
application-type-service-text = Acts for itself, without users; keeps a secret.
application-type-device = Device
application-type-device-text = Has no browser of its own; no secret.

section-addresses-help = One per line, each in full. They are compared character by character.
application-redirect-uris = Redirect URIs
application-more-addresses = More addresses
application-more-sign-in = PKCE, consent and registration
application-more-tokens = Contents and lifetimes
application-more-dialect = Software written for another provider
application-dialect = Dialect
application-dialect-help = The shape of the tokens. Scopes, and who may have what, are the same in all of them.
dialect-standard = Standard
dialect-standard-text = As the standards have it (OpenID Connect, RFC 9068). Right for everything that is not written for one of the others.
dialect-grantid = Grantid or Code 100 ID
dialect-grantid-text = Scopes are a list, the issuer is one of the audiences, the phone number is also there as phone, and introspection answers in that product's words.
dialect-connect = Connect
dialect-connect-text = Tokens are signed with the application's own secret (HS256), and the access token says exp, iss and sub only. Whoever holds the secret can make tokens that look the same: keep it on the server, and let APIs ask by introspection.
dialect-next = Next Identity
dialect-next-text = Access tokens are opaque: an API asks what they stand for.
application-redirect-uris-help = Where users come back to after signing in.
application-post-logout-uris = Post-logout redirect URIs
application-post-logout-uris-help = Where users may come back to after signing out.
application-service-grants = A service acts for itself: tick Client credentials. Without Authorization code, what concerns people is not asked here.
application-device-grants = A device shows a code that people enter on another screen: tick Device code. Without Authorization code it needs no redirect URI.
application-cors-origins = CORS origins
application-cors-origins-help = Origins whose scripts may call the token endpoint from a browser, for instance https://library.example

application-grant-types = Grants
grant-authorization-code = Authorization code
grant-authorization-code-text = Users sign in through the browser.
grant-refresh-token = Refresh token
grant-refresh-token-text = Goes on without asking the user again.
grant-client-credentials = Client credentials
grant-client-credentials-text = The application acts for itself.
grant-device-code = Device code
grant-device-code-text = Users enter a code from a device without a browser of its own, such as a television, on their phone or computer.
application-require-pkce = Require PKCE
application-require-pkce-help = Applications without a secret always need it.
application-pkce-always = PKCE is always required here, because this application keeps no secret.
application-require-consent = Ask users for consent
application-require-consent-help = They agree before the application receives anything.
application-allow-registration = Users may create accounts on the way
application-allow-registration-help = Where the subscription allows it at all.

application-identity-scopes = Allowed identity scopes
application-identity-scopes-help = What the application may request to know about users.
application-api-scopes = Allowed API scopes
application-api-scopes-help = What the application may request to do at APIs.
application-no-api-scopes = There is no API scope yet.
application-make-connection = Make an API connection first.
application-api-scopes-later = You can allow API scopes later, on this application's page.
application-required-claims = Required claims
application-required-claims-help = Users who lack a value are asked for it before the application receives anything.
required-claim-unheld = No allowed identity scope holds it, so the application will not receive it.

application-access-token-format = Access token type
access-token-jwt = JWT
access-token-jwt-text = Signed; APIs check it by themselves.
access-token-reference = Reference
access-token-reference-text = An id that APIs look up; can be revoked at once.
application-claims-in-identity-token = Claims in the identity token
application-claims-in-identity-token-help = Off: the identity token says who signed in and nothing more; UserInfo gives the claims.
application-access-token-lifetime = Access token lifetime
application-access-token-lifetime-help = In seconds, 60 to 86400.
application-identity-token-lifetime = Identity token lifetime
application-identity-token-lifetime-help = In seconds, 60 to 86400.
application-refresh-idle-lifetime = Refresh token: ends if unused for
application-refresh-idle-lifetime-help = In seconds, at least 300.
application-refresh-absolute-lifetime = Refresh token: maximum lifetime
application-refresh-absolute-lifetime-help = In seconds since the sign-in, at least 300.
application-refresh-grace = Refresh token grace
application-refresh-grace-help = In seconds, 0 to 300. For so long a refresh token that was used already is accepted once more, for retries.

application-secret = Application secret
application-secret-help = What the application proves itself with at the token endpoint. Give it a new one, change over, then remove the old one.
application-created = { $name } was created.
application-saved = The application was saved.
application-is-disabled = This application is out of use: nobody can sign in to it, and its tokens are not accepted.
application-disable-title = Disable "{ $name }"?
application-disable-help = Disabling takes the application out of use at once: nobody can sign in to it, and everything that was issued to it ends. Its settings stay.
application-disabled = { $name } is out of use.
application-enable-title = Enable "{ $name }"?
application-enable-help = Enabling puts the application back into use. Its users have to sign in again.
application-enabled = { $name } is in use again.
application-delete = Delete application
application-delete-title = Delete "{ $name }"?
application-delete-text = Its secrets, tokens and the users' consents go with it. This cannot be undone.
application-deleted = { $name } was deleted.

quick-start-title = Quick start
quick-start-text = Code with this application's real values.
quick-start-secret = The secret comes from the environment.
quick-start-no-redirect = Add a redirect URI first: the samples need one.
quick-start-no-origin = Code in a browser needs its origin among the CORS origins above.
quick-start-browser = Sign in with oidc-client-ts (browser)
quick-start-node = Sign in with openid-client (Node.js)
quick-start-python = Sign in with Authlib (Python)
quick-start-spring = Sign in with Spring Boot (application.yml)
quick-start-dotnet = Sign in with ASP.NET Core
quick-start-curl-own = Get an access token with curl
quick-start-node-own = Get an access token with openid-client (Node.js)
quick-start-curl-device = Connect a device with curl
quick-start-curl-discovery = Read the discovery document

preview-title = Token preview
preview-text = What this application receives with the settings as they stand in the form, saved or not. Made by the same rules that issue tokens; nothing is issued or saved.
preview-grant = Who asks
preview-grant-user = A user signs in
preview-grant-application = The application for itself
preview-user = User name or e-mail address
preview-scope = Requested scopes
preview-scope-all = All that are allowed
preview-show = Show preview
preview-updating = The preview is being brought up to date.
preview-unreadable = Something in the form above cannot be read. The preview comes back when that is mended.
preview-no-user = Nobody in this subscription has this user name or e-mail address.
preview-refused = Nothing would be issued. The application would be told:
preview-missing = Before anything is issued, this user would be asked for: { $claims }
preview-consent = The user is asked to agree to: { $scopes }
preview-granted = Granted scopes:
preview-nothing = none
preview-scope-unknown = { $scope } is left out: no scope has this name.
preview-scope-not-allowed = { $scope } is left out: the application may not request it.
preview-identity-token = Identity token
preview-access-token = Access token
preview-userinfo = UserInfo
preview-introspection = Introspection by { $connection }
preview-bytes = { $size ->
    [one] about one byte
   *[other] about { $size } bytes
}
preview-size-of = Size of { $name }, full at 4 KiB
preview-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
preview-new = new
preview-other = changed
preview-gone = no longer there
preview-by-scope = by scope { $scope }
preview-by-parameter = asked for by name
preview-left-out = { $count ->
    [one] 1 claim stays out
   *[other] { $count } claims stay out
}
preview-why-not-requested = comes with scope { $scope }, which was not requested.
preview-mend-request = Request it
preview-why-not-allowed = comes with scope { $scope }, which this application may not request.
preview-mend-allow = Allow it
preview-why-no-value = has no value for this user.
preview-why-invalid = has a value that today's rules refuse.
preview-mend-value = Edit the user
preview-why-definition = is kept out of here by its definition.
preview-mend-definition = Edit the claim
preview-why-application = is kept out by this application's setting for identity tokens.
preview-mend-application = Change the setting
