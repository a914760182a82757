//! `/healthz` and `/readyz` (SECURITY.md 81, 84).

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
    let login = app.get("/s/system/login").await;
    assert!(login.status.is_server_error() && !login.body.contains("pool"), "{}", login.body);
});
