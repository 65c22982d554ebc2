//! The console: a page that needs nothing from elsewhere.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::support::{Server, request};

const SCRIPTS: [&str; 4] =
    ["/console/console.js", "/console/elements.js", "/console/impact.js", "/console/words.js"];
const WORDS: [&str; 2] = ["/console/words/en.json", "/console/words/zh.json"];

async fn text(server: &Server, path: &str) -> String {
    String::from_utf8(server.get(path).await.bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_console_is_served_without_a_token_and_loads_from_this_server_only() {
    let server = Server::start().await;
    let mut files = vec![
        ("/console", "text/html; charset=utf-8"),
        ("/console/console.css", "text/css; charset=utf-8"),
    ];
    files.extend(SCRIPTS.map(|script| (script, "text/javascript; charset=utf-8")));
    files.extend(WORDS.map(|words| (words, "application/json")));
    for (path, media_type) in files {
        let asked = request("GET", path, "stele_unknown").body(Default::default()).unwrap();
        let answer = server.send(asked).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, media_type));
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        let text = String::from_utf8(answer.bytes.to_vec()).unwrap();
        for foreign in ["http:", "https:", "//cdn", "@import"] {
            assert!(!text.contains(foreign), "{path} mentions {foreign}");
        }
    }
}

#[tokio::test]
async fn the_address_alone_leads_to_the_console() {
    let server = Server::start().await;
    let answer = server.get("/").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, "/console"));
}

#[tokio::test]
async fn the_console_writes_texts_and_never_markup() {
    let server = Server::start().await;
    for script in SCRIPTS {
        let script = text(&server, script).await;
        for dangerous in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
            assert!(!script.contains(dangerous), "{dangerous}");
        }
    }
    let page = text(&server, "/console").await;
    // The policy would not let an inline script run.
    let loaded =
        SCRIPTS.iter().filter(|script| page.contains(&format!("src=\"{script}\""))).count();
    assert_eq!((loaded, page.matches("<script").count()), (SCRIPTS.len(), SCRIPTS.len()));
    assert!(!page.contains(" onclick=") && !page.contains(" style="));
}

/// What stands between a mark and a quotation mark, wherever the mark is.
fn quoted_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next())
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[tokio::test]
async fn the_console_says_the_same_in_every_language_and_lacks_no_word() {
    let server = Server::start().await;
    let mut languages = Vec::new();
    for words in WORDS {
        let words: Map<String, Value> = serde_json::from_str(&text(&server, words).await).unwrap();
        languages.push(words);
    }
    let [english, chinese] = languages.try_into().unwrap();
    for (name, said) in &english {
        let (said, other) = (said.as_str().unwrap(), chinese[name].as_str().unwrap());
        assert!(!said.is_empty() && !other.is_empty(), "{name}");
        assert_eq!(places(said), places(other), "{name}");
    }
    assert_eq!(english.len(), chinese.len());

    let mut used: BTreeSet<String> = ["approve", "reject", "put_in_force", "confirm"]
        .into_iter()
        .map(|step| format!("done_{step}"))
        .collect();
    let page = text(&server, "/console").await;
    for mark in ["data-word=\"", "data-hint=\""] {
        used.extend(quoted_after(&page, mark).map(str::to_owned));
    }
    for script in SCRIPTS {
        let script = text(&server, script).await;
        used.extend(quoted_after(&script, "words.say(\"").map(str::to_owned));
    }
    assert!(used.len() > 40, "{used:?}");
    for word in used {
        assert!(english.contains_key(&word), "{word}");
    }
}
