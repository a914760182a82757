# The language itself: its name, how it writes moments, and names that subscriptions are born with.

language-name = English
language-link = Language: English
language-title = Language
language-automatic = As my browser prefers
language-saved = The pages are in English now.

## Moments: 22 Nov 2026, 08:30 UTC

moment-date = { $day } { $month } { $year }
moment-utc = { $date }, { $time } UTC
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## Standard claims, by the names of OpenID Connect. English is what is stored.

standard-claim-sub = User identifier
standard-claim-name = Full name
standard-claim-given-name = Given name
standard-claim-family-name = Family name
standard-claim-middle-name = Middle name
standard-claim-nickname = Nickname
standard-claim-preferred-username = Preferred user name
standard-claim-profile = Profile page
standard-claim-picture = Picture
standard-claim-website = Website
standard-claim-email = E-mail address
standard-claim-email-verified = E-mail address verified
standard-claim-gender = Gender
standard-claim-birthdate = Date of birth
standard-claim-zoneinfo = Time zone
standard-claim-locale = Locale
standard-claim-phone-number = Phone number
standard-claim-phone-number-verified = Phone number verified
standard-claim-address = Postal address
standard-claim-updated-at = Last updated

## Scopes of the presets. English is what is stored.

standard-scope-openid = User identifier
standard-scope-profile = User profile
standard-scope-name = Name
standard-scope-email = E-mail address
standard-scope-phone = Phone number
standard-scope-address = Postal address
