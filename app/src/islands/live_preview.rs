//! A preview follows the form while it is edited.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, FormData, HtmlFormElement, UrlSearchParams};

/// After the last key; a preview for each would only flicker.
const PAUSE: Duration = Duration::from_millis(300);

/// Ids of what the island looks at.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct PreviewPlaces {
    /// The form with the settings, absent for who may not change them.
    pub settings: String,
    /// The form with the question; empty where nothing is asked besides the settings.
    pub question: String,
    /// What is replaced: ids with spaces between them.
    pub result: String,
}

/// Asks the page itself, as its button does without a script, and puts the new answer in the place of
/// the old one.
#[island]
pub fn LivePreview(
    /// Where things are.
    places: PreviewPlaces,
    /// Said while an answer is on its way.
    updating: String,
) -> impl IntoView {
    let (busy, set_busy) = signal(false);
    // An answer that comes after a younger question was asked is thrown away.
    let asked = Rc::new(Cell::new(0_u32));
    let ids = StoredValue::new(places);
    Effect::new(move |_| {
        let asked = Rc::clone(&asked);
        let update = debounce(PAUSE, move |()| {
            let mine = asked.get().wrapping_add(1);
            asked.set(mine);
            let asked = Rc::clone(&asked);
            set_busy.set(true);
            spawn_local(async move {
                let fresh = answer(&ids.get_value()).await;
                if asked.get() == mine {
                    if let Some(fresh) = fresh {
                        show(&ids.get_value().result, &fresh);
                    }
                    set_busy.set(false);
                }
            });
        });
        let update = Rc::new(RefCell::new(update));
        let typed = Rc::clone(&update);
        window_event_listener_untyped("input", move |event| {
            if concerns(&event, &ids.get_value()) {
                (typed.borrow_mut())(());
            }
        });
        window_event_listener_untyped("submit", move |event| {
            let form = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            let question = ids.get_value().question;
            if form.is_some_and(|form| !question.is_empty() && form.id() == question) {
                event.prevent_default();
                (update.borrow_mut())(());
            }
        });
    });
    view! {
        <p class="sr-only" role="status">
            {move || if busy.get() { updating.clone() } else { String::new() }}
        </p>
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// True for an event inside one of the two forms.
fn concerns(event: &web_sys::Event, places: &PreviewPlaces) -> bool {
    let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let form = element.and_then(|element| element.closest("form").ok().flatten());
    let id = form.map(|form| form.id()).unwrap_or_default();
    !id.is_empty() && (id == places.settings || id == places.question)
}

/// Adds the text fields of a form whose names begin with `only`.
fn fields(form: &HtmlFormElement, only: &str, mut add: impl FnMut(&str, &str)) -> Option<()> {
    let data = FormData::new_with_form(form).ok()?;
    for pair in js_sys::try_iter(&data).ok()?? {
        let pair = js_sys::Array::from(&pair.ok()?);
        let (name, value) = (pair.get(0).as_string()?, pair.get(1).as_string().unwrap_or_default());
        if name.starts_with(only) {
            add(&name, &value);
        }
    }
    Some(())
}

/// What both forms hold. A form with files is sent as it is, any other in fewer bytes.
fn body(places: &PreviewPlaces) -> Option<JsValue> {
    let document = document()?;
    let form = |id: &str| document.get_element_by_id(id)?.dyn_into::<HtmlFormElement>().ok();
    let settings = form(&places.settings);
    let question = form(&places.question);
    if let Some(settings) = settings.as_ref().filter(|form| form.enctype() == "multipart/form-data") {
        let all = FormData::new_with_form(settings).ok()?;
        all.append_with_str("do", "preview").ok()?;
        return Some(all.into());
    }
    let all = UrlSearchParams::new().ok()?;
    if let Some(settings) = settings {
        fields(&settings, "", |name, value| all.append(name, value))?;
    }
    if let Some(question) = question {
        fields(&question, "preview_", |name, value| all.append(name, value))?;
    }
    all.append("do", "preview");
    Some(all.into())
}

/// The page's answer to the forms as they stand.
async fn answer(places: &PreviewPlaces) -> Option<String> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&body(places)?);
    let here = web_sys::window()?.location().pathname().ok()?;
    let response = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(&here, &init)).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Puts parts of a whole page into their places on this one.
fn show(ids: &str, page: &str) -> Option<()> {
    let parsed = web_sys::DomParser::new().ok()?;
    let parsed = parsed.parse_from_string(page, web_sys::SupportedType::TextHtml).ok()?;
    for id in ids.split(' ') {
        let (place, fresh) = (document()?.get_element_by_id(id), parsed.get_element_by_id(id));
        // What has not changed is not said again.
        if let (Some(place), Some(fresh)) = (place, fresh)
            && place.inner_html() != fresh.inner_html()
        {
            place.set_inner_html(&fresh.inner_html());
        }
    }
    Some(())
}
