//! Keyboard shortcuts. What a key leads to is in the page: the element whose `data-keys` it is.
//!
//! WCAG 2.1.4: keys without a modifier can be switched off, and never act while something is typed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Date, Reflect};
use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, MouseEvent};

/// Where the browser remembers that single keys are off.
const MEMORY: &str = "tessera-single-keys";
/// Milliseconds between the two keys of a pair.
const PATIENCE: f64 = 1_500.0;

/// What the dialog says.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct ShortcutWords {
    /// Heading.
    pub title: String,
    /// Label of the switch.
    pub single: String,
    /// A sentence below it.
    pub single_help: String,
    /// The button.
    pub close: String,
}

/// Listens for keys, and shows the list of them.
#[island]
pub fn Shortcuts(
    /// What the dialog says.
    words: ShortcutWords,
    /// The list.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let (single, set_single) = signal(true);
    let open = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
        }
    };
    Effect::new(move |_| {
        set_single.set(remembered().as_deref() != Some("off"));
        let pair = Rc::new((RefCell::new(String::new()), Cell::new(0.0)));
        window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            if event.default_prevented() || event.is_composing() {
                return;
            }
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                save(&event);
                return;
            }
            let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
            if modified || !single.get_untracked() || is_typing(&event) || find("dialog[open]").is_some() {
                return;
            }
            let key = event.key();
            let (first, at) = (&pair.0, &pair.1);
            let before = std::mem::take(&mut *first.borrow_mut());
            if before == "g" && Date::now() - at.get() < PATIENCE {
                if press(&format!("g {key}")) {
                    event.prevent_default();
                }
            } else if key == "g" {
                *first.borrow_mut() = key;
                at.set(Date::now());
            } else if key == "?" {
                event.prevent_default();
                open();
            } else if press(&key) {
                event.prevent_default();
            }
        });
        window_event_listener(ev::click, move |event: MouseEvent| {
            let link = element(&event).and_then(|e| e.closest("[data-opens=shortcuts]").ok().flatten());
            if link.is_some() && !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                open();
            }
        });
    });
    let switch = move |event: Event| {
        let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            set_single.set(input.checked());
            remember(if input.checked() { "on" } else { "off" });
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="shortcuts" node_ref=dialog aria-labelledby="shortcuts-heading" closedby="any">
            <h2 id="shortcuts-heading">{words.title}</h2>
            {children()}
            <div class="choice">
                <input
                    class="checkbox"
                    type="checkbox"
                    id="shortcuts-single"
                    prop:checked=single
                    aria-describedby="shortcuts-single-help"
                    on:change=switch
                />
                <div>
                    <label for="shortcuts-single">{words.single}</label>
                    <p class="field-help" id="shortcuts-single-help">{words.single_help}</p>
                </div>
            </div>
            <button type="button" class="btn" on:click=close>{words.close}</button>
        </dialog>
    }
}

fn find(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok()?
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// True where the key belongs to what has the focus.
fn is_typing(event: &Event) -> bool {
    let inside = "input, textarea, select, [contenteditable]";
    element(event).is_some_and(|element| element.closest(inside).ok().flatten().is_some())
}

/// Presses what the keys lead to, or goes into it where it is a field; false where nothing does.
fn press(keys: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '/');
    let Some(target) = Some(keys).filter(|keys| keys.chars().all(known)) else { return false };
    let Some(target) = find(&format!("[data-keys=\"{target}\"]")) else { return false };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(field) => field.focus().is_ok(),
        Err(other) => other.dyn_into::<HtmlElement>().map(|other| other.click()).is_ok(),
    }
}

/// Sends the form that has the focus.
fn save(event: &Event) {
    let form = element(event).and_then(|e| e.closest("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        event.prevent_default();
        let _ = form.request_submit();
    }
}

/// The browser's memory; it may be forbidden.
fn memory() -> Option<JsValue> {
    Reflect::get(&web_sys::window()?.into(), &JsValue::from_str("localStorage")).ok().filter(JsValue::is_object)
}

fn remembered() -> Option<String> {
    Reflect::get(&memory()?, &JsValue::from_str(MEMORY)).ok()?.as_string()
}

fn remember(state: &str) {
    if let Some(memory) = memory() {
        let _ = Reflect::set(&memory, &JsValue::from_str(MEMORY), &JsValue::from_str(state));
    }
}
