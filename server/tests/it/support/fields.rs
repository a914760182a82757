//! The fields of a page's form, as a browser would send them.

/// Names and values.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Those of the first form that posts.
    pub fn of(page: &str) -> Self {
        let form = page.split("<form").find(|part| part.contains("method=\"post\"")).expect("a form");
        let form = form.split("</form>").next().unwrap_or_default();
        let (mut fields, mut select) = (Vec::new(), String::new());
        for tag in form.split('<') {
            let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
            let name = attribute(head, "name").unwrap_or_default();
            let value = attribute(head, "value").unwrap_or_default();
            let is =
                |flag: &str| head.split_whitespace().any(|word| word == flag || word.starts_with(&format!("{flag}=")));
            match head.split_whitespace().next().unwrap_or_default() {
                "input" if is("disabled") => {}
                "input"
                    if matches!(attribute(head, "type").as_deref(), Some("checkbox" | "radio")) && !is("checked") => {}
                "input" if !name.is_empty() => fields.push((name, value)),
                "textarea" => fields.push((name, plain(text.strip_prefix('\n').unwrap_or(text)).replace('\n', "\r\n"))),
                "select" => select = if is("disabled") { String::new() } else { name },
                "option" if is("selected") && !select.is_empty() => fields.push((select.clone(), value)),
                _ => {}
            }
        }
        Self(fields)
    }

    /// The same with one value in place of a field's others.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with one more box ticked.
    #[must_use]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect()
    }

    /// To be posted.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
    }
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let from = head.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(plain(head[from..].split('"').next()?))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}
