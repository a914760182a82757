//! Files that pages load. What is in `target/site` depends on the build; a fresh clone has nothing.

both!(an_absent_file_is_not_found, |app| async move {
    app.get("/pkg/absent.css").await.expect(404);
    app.get("/pkg/../Cargo.toml").await.expect(404);
    app.get("/pkg/..%2f..%2fCargo.toml").await.expect(404);
});

both!(pages_ask_for_the_present_version, |app| async move {
    let page = app.get("/s/system/login").await.expect(200);
    let version = server::http::assets::version();
    assert!(page.body.contains(&format!("/pkg/tessera.css?v={version}")), "{}", page.body);
    let file = app.get(&format!("/pkg/tessera.css?v={version}")).await;
    if file.status.is_success() {
        assert!(file.header("cache-control").contains("immutable"));
        assert!(app.get("/pkg/tessera.css?v=old").await.header("cache-control").contains("no-cache"));
    }
});
