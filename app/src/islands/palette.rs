//! The search that opens over any page (Ctrl K): a combobox whose list is that of the search page.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::html::{Dialog, Ul};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

/// After the last key.
const PAUSE: Duration = Duration::from_millis(120);
/// Of the list on the search page.
const RESULTS: &str = "search-results";

/// What the palette says.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct PaletteWords {
    /// Label of the input.
    pub label: String,
    /// Label of the list.
    pub results: String,
    /// Below the list.
    pub hint: String,
    /// Said when there is none.
    pub nothing: String,
}

/// Calls this wherever Ctrl K, or Cmd K, is pressed.
fn on_control_k(pressed: impl Fn() + Clone + 'static) {
    Effect::new(move |_| {
        let pressed = pressed.clone();
        window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            let plain = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if plain && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                pressed();
            }
        });
    });
}

/// A link to the search page, which opens the palette where there is a script.
#[island]
pub fn Palette(
    /// The search page.
    page: String,
    /// What it says.
    words: PaletteWords,
    /// What the link says.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let list = NodeRef::<Ul>::new();
    let (active, set_active) = signal(0_usize);
    let (count, set_count) = signal(0_usize);
    let (said, set_said) = signal(String::new());
    let newest = Rc::new(Cell::new(0_u32));
    let address = StoredValue::new(page.clone());
    let nothing = StoredValue::new(words.nothing.clone());
    let mark = move |at: usize| {
        set_active.set(at);
        for (i, option) in options(list).into_iter().enumerate() {
            let _ = option.set_attribute("aria-selected", if i == at { "true" } else { "false" });
            if i == at {
                option.scroll_into_view_with_bool(false);
            }
        }
    };
    let look = {
        let newest = Rc::clone(&newest);
        move |text: String| {
            let mine = newest.get().wrapping_add(1);
            newest.set(mine);
            let newest = Rc::clone(&newest);
            spawn_local(async move {
                let Some(found) = results(&address.get_value(), &text).await else { return };
                let Some(list) = list.get_untracked().filter(|_| newest.get() == mine) else { return };
                list.set_inner_html(&found);
                let all = prepared();
                set_count.set(all);
                set_said.set(if all == 0 { nothing.get_value() } else { all.to_string() });
                mark(0);
            });
        }
    };
    let open = {
        let look = look.clone();
        move || {
            let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) else { return };
            if dialog.show_modal().is_ok() {
                let input = dialog.query_selector("input").ok().flatten();
                if let Some(input) = input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) {
                    input.select();
                    look(input.value());
                }
            }
        }
    };
    on_control_k(open.clone());
    let clicked = move |event: MouseEvent| {
        // A new tab stays a new tab.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            open();
        }
    };
    let mut typed = debounce(PAUSE, look);
    let steer = move |event: KeyboardEvent| {
        let (at, all) = (active.get_untracked(), count.get_untracked());
        match event.key().as_str() {
            "ArrowDown" if all > 0 => mark((at + 1) % all),
            "ArrowUp" if all > 0 => mark((at + all - 1) % all),
            "Enter" => {
                if let Some(option) = options(list).into_iter().nth(at) {
                    option.click();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <a class="btn search-button" href=page aria-keyshortcuts="Control+K" on:click=clicked>
            {children()}
        </a>
        <dialog class="palette" node_ref=dialog aria-label=words.label.clone() closedby="any">
            <input
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                aria-label=words.label.clone()
                placeholder=words.label.clone()
                aria-controls="palette-list"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-activedescendant=move || (count.get() > 0).then(|| option_id(active.get()))
                on:input:target=move |event| typed(event.target().value())
                on:keydown=steer
            />
            <ul class="search-results" id="palette-list" node_ref=list role="listbox" aria-label=words.results></ul>
            <p class="sr-only" role="status">{said}</p>
            <p class="muted palette-hint">{words.hint}</p>
        </dialog>
    }
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}

/// The links of the list.
fn options(list: NodeRef<Ul>) -> Vec<HtmlElement> {
    list.get_untracked().map(|list| links(&list)).unwrap_or_default()
}

fn links(list: &Element) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all("a") else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into::<HtmlElement>().ok()).collect()
}

/// Makes options of the links that have just come into the list; how many there are.
fn prepared() -> usize {
    let list = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("palette-list"));
    let all = list.map(|list| links(&list)).unwrap_or_default();
    for (i, option) in all.iter().enumerate() {
        let id = option_id(i);
        for (name, value) in [("role", "option"), ("id", id.as_str()), ("tabindex", "-1")] {
            let _ = option.set_attribute(name, value);
        }
        if let Some(item) = option.parent_element() {
            let _ = item.set_attribute("role", "presentation");
        }
    }
    all.len()
}

/// The list of the search page's answer.
async fn results(page: &str, text: &str) -> Option<String> {
    let address = format!("{page}?q={}", js_sys::encode_uri_component(text).as_string()?);
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(&address)).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let parsed = web_sys::DomParser::new().ok()?.parse_from_string(&text, web_sys::SupportedType::TextHtml).ok()?;
    Some(parsed.get_element_by_id(RESULTS)?.inner_html())
}
