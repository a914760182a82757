# Words that pages of both audiences share.

product = Tessera
title-error = Error: { $title }
skip = Skip to content
save = Save
continue = Continue
copy = Copy
copied = Copied
delete = Delete
disable = Disable
enable = Enable
never = Never
count-more-than = more than { $count }
state = State
state-enabled = Enabled
state-disabled = Disabled
created-at = Created
updated-at = Last changed

secret-once-text = Copy it now and keep it safe. It is shown this once and cannot be shown again.

## Forms

form-cancel = Cancel
form-optional = (optional)
form-errors-title = { $count ->
    [one] One thing needs your attention
   *[other] { $count } things need your attention
}
form-error-at = { $label }: { $problem }
form-changed-title = Somebody else changed this meanwhile
form-changed-text = Nothing was lost, and nothing is saved yet. Press the button again to go ahead.
form-stored-nothing = nothing
form-in-use-title = This is still in use
form-in-use-text = It cannot be deleted while these refer to it:
form-too-many-title = Too many attempts
form-too-many-text = { $seconds ->
    [one] Please wait one second and try again.
   *[other] Please wait { $seconds } seconds and try again.
}

## What refers to an object

usage-application = Application { $name }
usage-identity-scope = Identity scope { $name }
usage-api-scope = API scope { $name }
usage-claim-values = { $count ->
    [one] One user holds a value
   *[other] { $count } users hold a value
}

## Lists

list-search = Search
list-clear = Show all
list-nothing-found = Nothing was found. Search looks at how names begin.
list-pages = Pages of the list
list-first-page = First page
list-next-page = Next page

## Addresses

address-street-address = Street and number
address-locality = Town or city
address-region = State, province or region
address-postal-code = Postal code
address-country = Country

## Claims as fields

claim-yes = Yes
claim-no = No
claim-not-set = Not set
claim-choose = Choose…
claim-phone-help = With country code, such as +1 425 555 1212.
claim-url-help = With https:// in front, such as https://www.example.org
claim-json-help = Valid JSON, such as ["quiet", "by the window"].
claim-address-help = Fill in what your address has.

## Passwords

password-new = New password
password-again = Repeat the password
password-current = Current password
password-help = At least { $min } characters. A few words that only you would put together make a good one.

## Sessions

session-user = User
session-since = Since
session-last-seen = Last seen
session-until = Ends at the latest
session-browser = Browser
session-end = End session
session-end-title = End this session?
session-end-of-text = { $user } is signed out in this browser ({ $browser }) and has to sign in again. Tokens that came from the session stop working.
session-ended = The session was ended.

## Errors

error-not-found = Page not found
error-not-found-text = There is nothing at this address, or nothing that you may see.
error-forbidden = Not allowed
error-forbidden-text = You may see this, but not do it. Somebody with another role can help.
error-bad-request = That address or form makes no sense
error-bad-request-text = Something in the address is wrong. Go back and try the link again.
error-invalid-text = This could not be done, for this reason:
error-changed-text = Go back, reload the page and try again.
error-unavailable = Please try again in a moment
error-unavailable-text = The service is not able to answer right now. Nothing was changed.
error-internal = Something went wrong
error-internal-text = The fault is ours, and it was noted. Nothing was changed.
error-reference = Reference:
error-request = For whoever reads the server's log:
error-too-large = That is too much at once
error-too-large-text = What was sent is larger than this server accepts, so nothing was changed. Send less, or ask whoever runs the server to allow more.
error-other-host = This server goes by another name
error-other-host-text = It answers at { $url } only. Please use that address.
error-other-host-go = Open { $url }
error-back-to-console = Back to the console
error-console-sign-in = The sign-in did not come to an end
error-cross-site = This form was not sent from here
error-cross-site-text = Your browser did not say that the form came from this site, so nothing was changed. Go back, reload the page and try again.
error-sign-in = You are signed out
error-sign-in-text = Your session ended before the form was sent. Nothing was changed. Sign in, then go back and send it again.
error-authorization = This sign-in cannot go on
error-out-of-use = Out of use

## Why an authorization request was refused with a page

authorization-malformed-request = The application sent a request that cannot be read. Nothing is wrong with your account. Tell whoever runs the application, with this reference.
authorization-pushed-request = This way to sign in was used before, or too much time has passed. Nothing is wrong with your account. Go back to the application and begin anew.
authorization-request-object = The application sent a signed request that cannot be used. Nothing is wrong with your account. Tell whoever runs the application, with this reference.
authorization-unknown-client = The application is not known here. Nothing is wrong with your account. Tell whoever runs the application, with this reference.
authorization-disabled-application = The application is out of use. Tell whoever runs the application, with this reference.
authorization-disabled-subscription = Signing in is out of use here. Please ask whoever runs it.
authorization-missing-redirect-uri = The application did not say where to go back to. Nothing is wrong with your account. Tell whoever runs the application, with this reference.
authorization-unregistered-redirect-uri = The application asked to go back to an address that is not registered for it. Nothing is wrong with your account. Tell whoever runs the application, with this reference.
