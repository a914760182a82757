//! Signed out.

use leptos::prelude::*;
use service::sign_out::Done;

use super::{Card, Way};
use crate::visit::{Answer, CookieChange, Page, PageResult, Visit};
use crate::{say, tr};

/// Seconds until the browser goes on: the frames have begun to load by then, and nobody has to read anything.
const PAUSE: u32 = 3;
/// What a frame may do: forget a session by script, and by a form that submits itself. It cannot lead the page that
/// holds it elsewhere, nor open windows.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-forms";

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let sign_in = way.path("/login");
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "signed-out-title"));
    Ok(card.answer(move || stay(sign_in)))
}

/// The answer to a browser that has ended its session. Straight on, unless there is something to load first (OpenID
/// Connect Front-Channel Logout 1.0 section 3): then a page does it, and goes on without a script. Where `done` leads
/// is verified by the use case.
pub fn after(visit: &Visit, way: &Way, done: Done) -> Answer {
    let Done { to, frames } = done;
    let cookies = vec![CookieChange::Session { slug: visit.param("slug").to_owned(), value: None }];
    if frames.is_empty() {
        return Answer::SeeOther { to: to.unwrap_or_else(|| way.path("/signed-out")), notice: None, cookies };
    }
    let mut frame_src: Vec<String> = frames.iter().map(|frame| frame.origin.clone()).collect();
    frame_src.sort();
    frame_src.dedup();
    let goes_on = to.clone().map(|to| (PAUSE, to));
    let sign_in = way.path("/login");
    let card = Card::new(visit, way.brand(), say!(visit.locale, "signed-out-title"));
    let page = card.page(move || {
        let frames = frames.into_iter().map(|frame| view! { <iframe src=frame.url sandbox=SANDBOX hidden></iframe> });
        let rest = match to {
            None => stay(sign_in).into_any(),
            Some(to) => view! {
                <p>{tr!("signed-out-onward")}</p>
                <p>
                    <a class="btn btn-primary btn-block" href=to>
                        {tr!("continue")}
                    </a>
                </p>
            }
            .into_any(),
        };
        view! {
            <p>{tr!("signed-out-telling")}</p>
            {rest}
            {frames.collect_view()}
        }
    });
    Page { frame_src, goes_on, cookies, ..page }.into()
}

fn stay(sign_in: String) -> impl IntoView {
    view! {
        <p>{tr!("signed-out-text")}</p>
        <p>
            <a class="btn btn-block" href=sign_in>
                {tr!("sign-in-once-more")}
            </a>
        </p>
    }
}
