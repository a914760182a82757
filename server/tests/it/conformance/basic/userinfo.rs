//! UserInfo in the three ways of asking.

use super::super::suite::{Provider, request};

both!(oidcc_userinfo_get, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request()).await;
    provider.userinfo(&run).await;
});

both!(oidcc_userinfo_post_header, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request()).await;
    let reply = provider.userinfo_posted(Some(run.tokens.access()), &[]).await;
    run.userinfo(&reply);
});

both!(oidcc_userinfo_post_body, |app| async move {
    let provider = Provider::open(&app).await;
    let run = provider.run(&request()).await;
    let reply = provider.userinfo_posted(None, &[("access_token", run.tokens.access())]).await;
    run.userinfo(&reply);
});
