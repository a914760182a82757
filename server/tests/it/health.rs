//! `/healthz` and `/readyz` (docs/security.md 81, 84).

use std::time::Duration;

both!(a_running_server_is_healthy_and_ready, |app| async move {
    assert_eq!(app.get("/healthz").await.expect(200).body, "ok\n");
    assert_eq!(app.get("/readyz").await.expect(200).body, "ready\n");
});

both!(a_stopping_server_is_not_ready_but_answers, |app| async move {
    app.readiness.stop();
    app.get("/readyz").await.expect(503);
    app.get("/healthz").await.expect(200);
    app.get("/s/system/.well-known/openid-configuration").await.expect(200);
});

both!(without_its_database_it_is_not_ready_and_issues_nothing, |app| async move {
    app.get("/s/system/jwks.json").await.expect(200);
    app.ctx.store.close().await;
    app.get("/readyz").await.expect(503);
    app.get("/healthz").await.expect(200);
    // The configuration in memory is trusted for a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let login = app.get("/s/system/login").await.expect(503);
    assert!(!login.body.to_lowercase().contains("pool"), "{}", login.body);
    let token = app.post("/s/system/connect/token", &[("grant_type", "client_credentials")]).await.expect(503);
    assert_eq!(token.json()["error"], "temporarily_unavailable");
    assert!(!token.header("retry-after").is_empty());
});
