# Required claims in stages, how many people comply, and what a change would do.

stage-of = Stage of { $claim }
stage-off = Off
stage-report = Report only
stage-skippable = Can be skipped
stage-enforced = Enforced
stage-off-text = Off: neither asked nor counted
stage-report-text = Report only: counted, not asked
stage-skippable-text = Can be skipped: asked, needed after a day
stage-enforced-text = Enforced: no tokens without it
stage-until = Can be skipped through
stage-until-of = { $claim }: can be skipped through this day (UTC)

compliance-title = Who has a value
compliance-nobody = Nobody has signed in to this application yet.
compliance-waiting = This application has more than { $limit } people. They are being counted; look again in a minute.
compliance-claim = With a value for { $claim }: { $share } of { $people }
compliance-among = Counted among those who have signed in to this application ({ $people } of { $users } users in this subscription). Disabled users are left out; a value that today's rules refuse counts as missing.
compliance-counted = Counted in the background, last on
compliance-asked = { $count ->
    [0] Nobody will be asked for anything at the next sign-in.
   *[other] { $asked } of { $people } people will be asked for something at their next sign-in.
}

effects-title = What saving this does
effects-updating = What saving this does is being worked out.
effect-more-than = more than { $count }
effect-required = Requiring { $claim } will ask { $lacking } of { $people } users at their next sign-in (of { $users } in this subscription).
effect-skippable = Asking for { $claim } will stop { $lacking } of { $people } users at their next sign-in, who can skip it through { $until } (of { $users } in this subscription).
effect-no-longer-skippable = { $lacking } of { $people } users can no longer skip { $claim } (of { $users } in this subscription).
effect-asked-unknown = Users without { $claim } will be asked at their next sign-in. How many they are is still being counted.
effect-together = Together, { $lacking } of { $people } users will be asked for something.
effect-counted = (counted on { $at })
effect-takes-away = { $count ->
    [one] Removing the scope { $scope } takes { $claims } away from 1 user's tokens.
   *[other] Removing the scope { $scope } takes { $claims } away from { $holders } users' tokens.
}
effect-takes-away-several = Removing the scope { $scope } takes { $claims } away from at least { $holders } users' tokens.
effect-takes-away-unknown = Removing the scope { $scope } takes { $claims } away from users' tokens. How many users hold a value is still being counted.
effect-no-identity = Without the scope openid the application gets no identity token and no UserInfo.
effect-no-api-scope = Removing the scope { $scope } takes it out of access tokens: the application can no longer do there what it allows.
effect-no-detail-type = Removing the authorization details { $name } takes them out of access tokens: what users agreed to in detail no longer counts.
effect-no-grant-authorization-code = Without the authorization code nobody can sign in to this application. { $people } have access now.
effect-no-grant-refresh-token = Without the refresh token, users sign in again whenever their access token ends. { $people } have access now.
effect-no-grant-client-credentials = Without client credentials the application gets no tokens for itself.
effect-no-grant-token-exchange = Without token exchange the application gets no tokens towards other parties for those of its users.
effect-no-grant-device-code = Without the device code nobody can connect a device. { $people } have access now.
effect-no-grant-ciba = Without sign-ins by request it can ask nobody. { $people } have access now.
effect-no-grant-password = Without the password grant the application cannot use passwords any more. { $people } have access now.
effect-no-grant-jwt-bearer = Without assertions the application gets no more tokens for what trusted issuers say.
effect-no-redirect = Sign-ins that come back to { $uri } will be refused.
effect-no-post-logout = After signing out, users can no longer come back to { $uri }
effect-no-origin = Scripts at { $uri } can no longer call the token endpoint.
effect-access-ends = { $count ->
    [one] The access of 1 user ends at once.
   *[other] The access of { $people } users ends at once.
}
effect-values-fail = { $failing } of { $tried } stored values no longer pass these rules, and count as missing.
effect-values-fail-more = { $failing } of the first { $tried } stored values no longer pass these rules, and count as missing. There are more values, which were not tried.
effect-asked-again = Users with such a value are asked again on the way to:
effect-leaves-identity-token = These applications no longer find it in their identity tokens:
effect-leaves-access-token = These applications no longer find it in their access tokens:
effect-leaves-scope = { $claim } no longer reaches:
effect-reaches = { $claim } reaches applications that did not receive it before:
effect-enters-access-token = Access tokens of these applications will hold it, and APIs read them:
effect-values-go = { $count ->
    [one] 1 user's value goes with it.
   *[other] The values of { $users } users go with it.
}
effect-blocked = It cannot be deleted while it is in use by:

preview-skippable = This user would be asked for { $claim } and could skip it through { $until }.
