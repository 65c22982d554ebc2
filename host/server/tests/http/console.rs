//! The console: a page that needs nothing from elsewhere.

use crate::support::{Server, request};

const FILES: [(&str, &str); 3] = [
    ("/console", "text/html; charset=utf-8"),
    ("/console/console.js", "text/javascript; charset=utf-8"),
    ("/console/console.css", "text/css; charset=utf-8"),
];

#[tokio::test]
async fn the_console_is_served_without_a_token_and_loads_from_this_server_only() {
    let server = Server::start().await;
    for (path, media_type) in FILES {
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
async fn the_console_writes_texts_and_never_markup() {
    let server = Server::start().await;
    let script = String::from_utf8(server.get(FILES[1].0).await.bytes.to_vec()).unwrap();
    for dangerous in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
        assert!(!script.contains(dangerous), "{dangerous}");
    }
    let page = String::from_utf8(server.get(FILES[0].0).await.bytes.to_vec()).unwrap();
    // The policy would not let an inline script run.
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains(" onclick=") && !page.contains(" style="));
}
