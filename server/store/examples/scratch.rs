//! scratch
use std::time::Instant;
use model::{PageRequest, Stored, spec::SubscriptionSpec};
use store::*;
#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let store = Store::open(&url, &Options::default()).await.unwrap();
    let t = Instant::now();
    store.migrate().await.unwrap();
    println!("migrate {:?}", t.elapsed());
    let mut c = store.read().await.unwrap();
    if subscriptions::find_by_slug(&mut c, "s").await.unwrap().is_none() {
        let t = Instant::now();
        let mut tx = store.begin().await.unwrap();
        let spec = SubscriptionSpec { slug: "s".into(), name: "S".into(), ..Default::default() };
        let object = Stored { id: "sub".into(), version: 1, created_at: 1, updated_at: 1, disabled_at: None, spec };
        subscriptions::insert(&mut tx, &subscriptions::Subscription { object, built_in: false, config_version: 1 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut done = 0;
        while done < n {
            let mut tx = store.begin().await.unwrap();
            for i in done..(done + 10000).min(n) {
                let h = (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let u = users::User { id: format!("u{h:016x}-0000-0000-00000000"), subscription_id: "sub".into(),
                    username: (i % 2 == 0).then(|| format!("{}{h:x}", ["anna","bob","carl","john","zoe"][i%5])),
                    email: Some(format!("{}.{h:x}@example.com", ["anna","bob","carl","john","zoe"][(i/5)%5])),
                    email_verified: true, password_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$7g0l6Yl5g8mYcZ3s0Yf1rK5l3bq2N0o1m2o3p4q5r6s".into()),
                    password_changed_at: Some(1), version: 1, created_at: 1, updated_at: 1, disabled_at: None };
                users::insert(&mut tx, &u, &[]).await.unwrap();
            }
            tx.commit().await.unwrap();
            done += 10000;
        }
        println!("insert {n} {:?}", t.elapsed());
    }
    for round in 0..3 {
        for (what, search) in [("plain", ""), ("j", "j"), ("john", "john"), ("john.9", "john.9"), ("bob7", "bob7"), ("none", "qqq"), ("zoe.ff", "zoe.ff")] {
            let t = Instant::now();
            let p = users::page(&mut c, "sub", &PageRequest { search: search.into(), ..Default::default() }).await.unwrap();
            println!("{round} {what}: {} rows {:?}", p.items.len(), t.elapsed());
        }
        let t = Instant::now();
        let mut req = PageRequest { search: "j".into(), ..Default::default() };
        req.after = Some(model::paging::Cursor { key: "john.ffff".into(), id: "z".into() });
        let p = users::page(&mut c, "sub", &req).await.unwrap();
        println!("{round} deep: {} rows {:?}", p.items.len(), t.elapsed());
        let t = Instant::now();
        println!("{round} count {} {:?}", users::count(&mut c, "sub").await.unwrap(), t.elapsed());
        let t = Instant::now();
        subscriptions::page(&mut c, subscriptions::Visible::All, &PageRequest::default()).await.unwrap();
        println!("{round} overview {:?}", t.elapsed());
        let t = Instant::now();
        subscriptions::counts(&mut c, "sub").await.unwrap();
        println!("{round} counts {:?}", t.elapsed());
        let t = Instant::now();
        users::find_by_login(&mut c, "sub", "john.9@x").await.unwrap();
        println!("{round} login {:?}", t.elapsed());
    }
    drop(c);
    // throughput
    let t = Instant::now();
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..64 { let store = store.clone(); set.spawn(async move { for i in 0..1000 { let mut c = store.read().await.unwrap(); access_tokens::find_by_hash(&mut c, &format!("{i}")).await.unwrap(); } }); }
    set.join_all().await;
    println!("reads/s {:.0}", 64000.0 / t.elapsed().as_secs_f64());
    let t = Instant::now();
    let mut set = tokio::task::JoinSet::new();
    for k in 0..64 { let store = store.clone(); set.spawn(async move { for i in 0..50 { let mut tx = store.begin().await.unwrap(); revoked_tokens::insert(&mut tx, &format!("{k}-{i}-{}", std::process::id()), "sub", 1).await.unwrap(); tx.commit().await.unwrap(); } }); }
    set.join_all().await;
    println!("writes/s {:.0}", 3200.0 / t.elapsed().as_secs_f64());
    store.close().await;
}
