//! UserInfo in the three ways of asking.

use crate::conformance::suite::{Provider, Variant};

pub async fn oidcc_userinfo_get(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request()).await;
    provider.userinfo(&run).await;
}

pub async fn oidcc_userinfo_post_header(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request()).await;
    let reply = provider.userinfo_posted(Some(run.tokens.access()), &[]).await;
    run.userinfo(&reply);
}

pub async fn oidcc_userinfo_post_body(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let run = provider.run(&provider.request()).await;
    let reply = provider.userinfo_posted(None, &[("access_token", run.tokens.access())]).await;
    run.userinfo(&reply);
}
