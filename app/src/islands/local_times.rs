//! Moments in the reader's zone.

use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Rewrites every `<time>` of the page in the reader's zone and the page's language; the exact moment
/// stays in its title.
#[island]
pub fn LocalTimes() -> impl IntoView {
    Effect::new(move |_| {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let Ok(times) = document.query_selector_all("time[datetime]") else { return };
        let language = document.document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
        let manner = manner(&language, &window.navigator().languages());
        let style = Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            let _ = Reflect::set(&style, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        for i in 0..times.length() {
            let Some(time) = times.get(i).and_then(|n| n.dyn_into::<web_sys::Element>().ok()) else { continue };
            let moment = Date::new(&JsValue::from_str(&time.get_attribute("datetime").unwrap_or_default()));
            if !moment.get_time().is_nan() {
                time.set_text_content(moment.to_locale_string(&manner, &style).as_string().as_deref());
            }
        }
    });
}

/// The page's language as the reader's region writes it, where the browser says so: an English page has
/// 22 November before 11/22 in Britain.
fn manner(language: &str, preferred: &js_sys::Array) -> String {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    // Some browsers name the system's locale here (`en-US@posix`), which no formatter takes.
    let is_tag = |tag: &String| tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mut preferred = preferred.iter().filter_map(|tag| tag.as_string()).filter(is_tag);
    let found = preferred.find(|tag| primary(tag) == primary(language));
    found.unwrap_or_else(|| language.to_owned())
}
