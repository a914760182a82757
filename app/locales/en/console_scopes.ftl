# The console: claims, identity scopes, API connections and their scopes.

scopes-lead = What applications may learn about users: claims are the facts, identity scopes the names under which they are requested.

## Claims

claims-title = Custom claims
claims-lead = Facts about users besides the standard ones, which always exist.
claims-new = New claim
claims-search = Search claims
claims-empty = A custom claim is a fact that the standard does not know, such as the number of a library card. Define one, put it into an identity scope, and applications can ask for it.

claim-type = Type
claim-type-help = What a value is. It cannot be changed later.
claim-name-help = The name in tokens, for instance library_card. It cannot be changed later.
claim-display-name-help = What people read at the field.
claim-help = Help text
claim-help-help = A sentence below the field: where to find the value, what it looks like.
claim-scope = Identity scope
claim-scope-help = Applications request the claim by it: the name of a new one, or of one that exists.
claim-pattern = Pattern
claim-pattern-help = A regular expression for the whole value, for instance `LC-[0-9]{ "{" }6{ "}" }`. People do not see it: say below what a value looks like.
claim-pattern-is = Must match `{ $pattern }`
claim-min-length = Minimum length
claim-max-length = Maximum length
claim-minimum = Smallest value
claim-maximum = Largest value
claim-choices = Choices
claim-choices-help = One per line: the value, or the value = what people read.
claim-unique = Unique in the subscription
claim-unique-help = No two users can hold the same value.
claim-unique-badge = unique
claim-at-registration = Ask for it at registration
claim-at-registration-help = The registration form shows it. It may stay empty there unless the application requires it.
claim-on-profile = Show it on the account page
claim-on-profile-help = Users see it there and can change it.
claim-in-identity-token = Identity token
claim-in-identity-token-help = The application reads it at sign-in. Off: only UserInfo gives it.
claim-in-access-token = Access token
claim-in-access-token-help = Also for APIs: they see it in the access token that the application passes on.
claim-created = The claim { $name } was created.
claim-created-in-scope = The claim { $name } was created, in the identity scope { $scope }.
claim-into-scope = Put it into an identity scope
claim-saved = The claim was saved.
claim-delete = Delete claim
claim-delete-title = Delete the claim "{ $name }"?
claim-delete-text = The values that users hold go with it. This cannot be undone.
claim-deleted = The claim { $name } was deleted.

claim-type-string = Text, one line
claim-type-text = Text, several lines
claim-type-integer = Whole number
claim-type-decimal = Number
claim-type-boolean = Yes or no
claim-type-date = Date
claim-type-email = E-mail address
claim-type-phone = Phone number
claim-type-url = Web address
claim-type-choice = One of several choices
claim-type-multiple-choice = Any of several choices
claim-type-address = Postal address
claim-type-json = JSON

tester-label = Try a value
tester-matches = This value fits the pattern.
tester-differs = This value does not fit the pattern.
tester-broken = The pattern is not a valid regular expression.

## Identity scopes

identity-scopes-title = Identity scopes
identity-scopes-lead = An application that may request a scope gets its claims.
identity-scopes-new = New identity scope
identity-scopes-search = Search identity scopes
identity-scopes-empty = There is no identity scope yet. One gives a set of claims a name that applications request.
identity-scope-claims = Claims
identity-scope-claims-help = What an application that requests this scope gets to know.
identity-scope-created = The identity scope { $name } was created.
identity-scope-saved = The identity scope was saved.
identity-scope-delete = Delete identity scope
identity-scope-delete-title = Delete the identity scope "{ $name }"?
identity-scope-delete-text = Its claims stay. This cannot be undone.
identity-scope-deleted = The identity scope { $name } was deleted.

scope-name-help = The name applications request. It cannot be changed later.
scope-display-name-help = What people read when they are asked for consent.
scope-description-help = One more sentence for the consent page.
scope-allow = Allow it for an application

## API connections

connections-lead = Protected APIs: their scopes go into access tokens, their secrets let them look tokens up.
connections-new = New API connection
connections-search = Search API connections
connections-empty-title = No API connection yet
connections-empty-text = An API connection stands for an API of yours. Applications that may request its scopes get access tokens that it accepts.
connection-name-help = The audience in access tokens, and the user name for introspection. Lower-case letters, digits and _ . : - It cannot be changed later.
connection-display-name-help = What people read.
connection-resource = Resource indicator
connection-resource-help = An absolute URI by which applications may ask for tokens for this API only, usually its address (RFC 8707). Such tokens have it as their audience instead of the name. It is never called.
connection-metadata = Address of the metadata
connection-metadata-help = A document for clients that know the API and look for whoever issues tokens for it (RFC 9728). Name this address in the API’s challenges as resource_metadata.
connection-keys = Prove by its own key who it is
connection-keys-text = With keys here, the API signs each request about tokens (private_key_jwt), and its secrets stop counting.
connection-scopes-help = Permissions inside the API, one per line, for instance `books-read = Books you have read`. A scope of the connection's own name, for the whole API, is there anyway.
connection-secret = Connection secret
connection-secret-help = With its name and a secret the API looks tokens up at the introspection endpoint.
connection-created = { $count ->
    [one] The API connection { $name } was created, with the scope { $scopes } for the whole API.
   *[other] The API connection { $name } was created, with the scopes { $scopes }.
}
connection-delete = Delete API connection
connection-delete-title = Delete the API connection "{ $name }"?
connection-delete-text = Its scopes and secrets go with it. This cannot be undone.
connection-deleted = The API connection { $name } was deleted.

## API scopes

api-scopes-title = API scopes
api-scopes-lead = Permissions inside this API. Granted ones are in the access token.
api-scopes-new = New API scope
api-scope-name-help = The name applications request. It cannot be changed later. Names are shared with all other scopes, so begin it with the connection's name.
api-scope-own-name = This scope bears the connection's own name and came with it: allow it where an application may use the whole API, and make further scopes for parts of it. It cannot be renamed or deleted.
api-scope-created = The API scope { $name } was created.
api-scope-saved = The API scope was saved.
api-scope-delete = Delete API scope
api-scope-delete-title = Delete the API scope "{ $name }"?
api-scope-delete-text = Applications can no longer request it. This cannot be undone.
api-scope-deleted = The API scope { $name } was deleted.

## Authorization details

detail-types-title = Authorization details
detail-types-lead = What applications may ask for in so many words, such as one payment, where a scope only says "payments" (RFC 9396). Each type says what such a request holds.
detail-types-new = New type
detail-type-name-help = What requests have as their type. It cannot be changed later, and no other API connection can use it.
detail-type-display-name-help = What people read when they are asked, such as A payment.
detail-type-description-help = Longer words for that page.
detail-type-fields = Fields
detail-type-fields-help = What a request holds beside its type, one on each line: name: kind, where the kind is string, number, boolean, object or list. Add a comma and required for what must be there, and = with words for people. Whatever is not listed is refused.
detail-type-actions = Actions
detail-type-actions-help = What a request may name under actions, one on each line. Nothing here: a request has no actions.
detail-type-locations = Locations
detail-type-locations-help = Absolute URIs that a request may name under locations, besides the resource indicator of this connection.
detail-type-datatypes = Data types
detail-type-datatypes-help = What a request may name under datatypes, one on each line.
detail-type-privileges = Privileges
detail-type-privileges-help = What a request may name under privileges, one on each line.
detail-type-created = The type { $name } was created.
detail-type-saved = The type was saved.
detail-type-delete = Delete type
detail-type-delete-title = Delete the type "{ $name }"?
detail-type-delete-text = Applications can no longer ask for it.
detail-type-deleted = The type { $name } was deleted.

## Secrets

secrets-none = No secret is accepted at present, so nothing can authenticate here. Make one.
secret-new = New secret
secret-new-text = It works beside the present ones, so that you can change over without a pause. Remove the old one afterwards.
secret-create = Create secret
secret-created = A new secret was created.
secret-remove = Remove
secret-remove-title = Remove this secret?
secret-remove-text = Whoever still uses it is refused from now on.
secret-removed = The secret was removed.
secret-last-used = Last used
secret-expires = Expires
