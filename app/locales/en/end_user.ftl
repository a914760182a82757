# The pages that end users see.

continue-to = to continue to { $name }
application-website = Website
application-about = About { $name }:
source-host = describes this application. Go on only if you know that address.
source-local = Its answers stay on this device, where any program could pass for it. Go on only if you have just started it yourself.
signed-in-as = Signed in as { $name }.
not-you = Not you?

sign-in = Sign in
sign-in-username = User name or e-mail address
sign-in-again = Sign in again
sign-in-again-text = Please confirm with your password that it is you.
sign-in-reference = If you ask somebody for help, give them this reference:
sign-in-question = Do you have an account?
sign-in-once-more = Sign in again

register = Create an account
register-question = No account yet?
register-username-help = A short name to sign in with, besides your e-mail address.
register-submit = Create account

claims-needed = { $name } needs a few more details
claims-needed-one = { $name } needs your { $claim }
claims-skip = Skip for now
claims-needed-from = Needed from { $date }. You can leave this out until then.
claims-needed-text = { $count ->
    [one] It is kept in your { $brand } account and given to { $name }.
   *[other] They are kept in your { $brand } account and given to { $name }.
}

consent-title = Allow { $name }?
consent-text = { $name } asks for access to:
consent-allow = Allow
consent-deny = Do not allow
consent-api = At
consent-actions = To do
consent-locations = Where
consent-datatypes = With
consent-privileges = Privileges

requests-title = Sign-ins that wait for you
requests-none = No application waits for an answer.
requests-look = Look at it
request-title = Sign in to { $name }?
request-text = The application asks for this without your browser, since
request-message = It shows this on the other screen:
request-warning = Allow it only if you are doing this at the moment and the other screen shows the same. If you are not, do not allow it.
request-allowed-title = The application may go on
request-allowed-text = You can go back to the other screen: it goes on by itself. You can close this window.
request-denied-title = The application was told no
request-denied-text = It gets nothing. You can close this window.
request-ended-title = This request is over
request-ended-text = It was answered already, too much time has passed, or it is for somebody else.
device-title = Connect a device
device-text = Enter the code that your device shows.
device-text-given = Go on only if your device shows this very code.
device-code = Code
device-code-help = Eight letters, capital or small; the dash may be left out.
device-confirm-title = Connect { $name }?
device-confirm-text = The device that shows this code gets access to your account:
device-confirm-warning = Connect it only if you have the device in front of you and it shows this code. If somebody sent you the code or a link, do not connect it.
device-connect = Connect
device-deny = Do not connect
device-connected-title = Your device is connected
device-connected-text = You can go back to your device: it goes on by itself in a few seconds. You can close this window.
device-denied-title = The device was not connected
device-denied-text = It gets no access to your account. You can close this window.
device-expired-title = This code can no longer be used
device-expired-text = It was used already, or too much time has passed. Let your device show a new code.
device-again = Enter another code

expired-title = This sign-in is over
expired-text = It was open for too long, or it was finished already. Go back to the application and start again, or go to your account.

form-post-title = One moment…
form-post-text = You are being taken back to the application. If nothing happens, continue with the button.

sign-out = Sign out
sign-out-title = Sign out?
sign-out-text = You are signed in as { $user }.
sign-out-text-application = { $name } asks to sign you out. You are signed in as { $user }.
sign-out-stay = Stay signed in
signed-out-title = You are signed out
signed-out-text = You can close this window.
signed-out-telling = The applications that you used are told now.
signed-out-onward = You go on in a few seconds.

## Account

account-title = Your account
account-back = Back to your account
account-profile = Your details
account-profile-saved = Your details were saved.
account-password = Change password
account-password-changed = Your password was changed.
account-end-others = Sign out everywhere else
account-end-others-help = Ends your other sessions and the access that applications were given through them.
account-sessions = Where you are signed in
account-this-session = This browser
account-end-session-text = That browser is signed out and has to sign in again. Access that applications were given through it ends.
account-email-verified = Verified
