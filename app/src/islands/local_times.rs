//! Moments in the reader's zone.

use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Rewrites every `<time>` of the page in the reader's zone and manner; the exact moment stays in its
/// title.
#[island]
pub fn LocalTimes() -> impl IntoView {
    Effect::new(move |_| {
        let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
        let Ok(times) = document.query_selector_all("time[datetime]") else { return };
        let style = Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            let _ = Reflect::set(&style, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        for i in 0..times.length() {
            let Some(time) = times.get(i).and_then(|n| n.dyn_into::<web_sys::Element>().ok()) else { continue };
            let moment = Date::new(&JsValue::from_str(&time.get_attribute("datetime").unwrap_or_default()));
            if !moment.get_time().is_nan() {
                time.set_text_content(moment.to_locale_string("default", &style).as_string().as_deref());
            }
        }
    });
}
