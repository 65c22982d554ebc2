//! What `stele ruleset new` starts from: files with `{{placeholders}}`, and the tables and texts of
//! shipped rulesets where a ready-made component has them.

/// Files of a new ruleset, by their path in its folder.
pub(super) type Files = Vec<(String, String)>;

/// A component that can be started from data alone.
pub(super) struct Starter {
    /// The component's name.
    pub(super) component: &'static str,
    /// Its kind.
    pub(super) kind: &'static str,
    parameters: &'static str,
    case: (&'static str, &'static str),
    /// Labels of what the rule declares, by language; the title in them is replaced.
    texts: [(&'static str, &'static str); 2],
}

/// The components of this repository that a company fills with data of its own.
pub(super) const STARTERS: [Starter; 3] = [
    Starter {
        component: "points",
        kind: "points",
        parameters: include_str!("template/points/parameters.toml"),
        case: ("cases/a-month.toml", include_str!("template/points/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/acme/points/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/acme/points/texts/zh.toml")),
        ],
    },
    Starter {
        component: "performance",
        kind: "performance",
        parameters: include_str!("template/performance/parameters.toml"),
        case: ("cases/a-review.toml", include_str!("template/performance/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/acme/probation/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/acme/probation/texts/zh.toml")),
        ],
    },
    // The minimum standards of the directive, which every house rule in the Union starts from.
    Starter {
        component: "labor-law",
        kind: "labor-law",
        parameters: include_str!("../../../../rulesets/eu/working-time/parameters.toml"),
        case: ("cases/annual-leave.toml", include_str!("template/labor-law/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/eu/working-time/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/eu/working-time/texts/zh.toml")),
        ],
    },
];

/// What stands in the place of the placeholders.
pub(super) struct Words {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) component: String,
    pub(super) jurisdiction: Option<String>,
    pub(super) languages: Vec<String>,
    pub(super) currency: String,
    pub(super) decimals: u8,
    pub(super) from: jiff::civil::Date,
    pub(super) until: jiff::civil::Date,
    pub(super) folder: String,
}

impl Words {
    fn fill(&self, text: &str) -> String {
        let jurisdiction = match &self.jurisdiction {
            Some(place) => format!("jurisdiction = \"{place}\"\n"),
            None => String::new(),
        };
        let languages: Vec<String> =
            self.languages.iter().map(|tag| format!("\"{tag}\"")).collect();
        let currency = format!("currency = \"{}\"\ndecimals = {}\n", self.currency, self.decimals);
        [
            ("{{name}}", self.name.clone()),
            ("{{title}}", self.title.clone()),
            ("{{kind}}", self.kind.clone()),
            ("{{component}}", self.component.clone()),
            ("{{struct}}", struct_name(&self.component)),
            ("{{jurisdiction}}", jurisdiction),
            ("{{languages}}", languages.join(", ")),
            ("{{currency}}", currency),
            ("{{money}}", self.currency.clone()),
            ("{{from}}", self.from.to_string()),
            ("{{until}}", self.until.to_string()),
            ("{{last_month}}", self.until.first_of_month().to_string()),
            ("{{folder}}", self.folder.clone()),
        ]
        .iter()
        .fold(text.to_owned(), |text, (placeholder, word)| text.replace(placeholder, word))
    }

    /// `ruleset.toml`.
    pub(super) fn manifest(&self) -> String {
        self.fill(include_str!("template/manifest.toml"))
    }

    /// The folder of a ruleset of a ready-made component.
    pub(super) fn data(&self, starter: &Starter) -> Files {
        let (case, text) = starter.case;
        let mut files = vec![
            ("ruleset.toml".to_owned(), self.manifest()),
            ("parameters.toml".to_owned(), self.fill(starter.parameters)),
            (case.to_owned(), self.fill(text)),
            ("README.md".to_owned(), self.readme()),
        ];
        for (tag, text) in starter.texts {
            if self.languages.iter().any(|wanted| wanted == tag) {
                files.push((format!("texts/{tag}.toml"), self.titled(text)));
            }
        }
        files
    }

    /// The README of a ruleset of a ready-made component.
    pub(super) fn readme(&self) -> String {
        self.fill(include_str!("template/README-data.md"))
    }

    /// The folder of a ruleset with a rule of its own.
    pub(super) fn code(&self) -> Files {
        let mut files = vec![
            ("ruleset.toml".to_owned(), self.manifest()),
            (
                "parameters.toml".to_owned(),
                self.fill(include_str!("template/code/parameters.toml")),
            ),
            ("cases/ten-hours.toml".to_owned(), self.fill(include_str!("template/code/case.toml"))),
            ("README.md".to_owned(), self.fill(include_str!("template/README-code.md"))),
        ];
        if self.languages.iter().any(|wanted| wanted == "en") {
            let english = self.fill(include_str!("template/code/en.toml"));
            files.push(("texts/en.toml".to_owned(), english));
        }
        files
    }

    /// The crate of a rule.
    pub(super) fn plugin(&self) -> Files {
        vec![
            ("Cargo.toml".to_owned(), self.fill(include_str!("template/code/Cargo.toml"))),
            ("src/lib.rs".to_owned(), self.fill(include_str!("template/code/lib.rs"))),
        ]
    }

    /// Texts of a shipped ruleset with this title, without the names of its own events and without
    /// what it leaves out.
    fn titled(&self, text: &str) -> String {
        let mut kept = Vec::new();
        let mut is_its_own = false;
        for line in text.lines() {
            if line.starts_with('[') {
                is_its_own = matches!(line, "[subjects]" | "[leaves_out]");
            }
            if line.starts_with("title = ") {
                kept.push(format!("title = \"{}\"", self.title));
            } else if !is_its_own {
                kept.push(line.to_owned());
            }
        }
        kept.join("\n").trim_end().to_owned() + "\n"
    }
}

/// `acme-overtime` as `AcmeOvertime`.
fn struct_name(component: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    component.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_placeholder_is_left_in_what_is_written() {
        let words = Words {
            name: "acme/overtime".to_owned(),
            title: "Acme: overtime".to_owned(),
            kind: "payroll".to_owned(),
            component: "acme-overtime".to_owned(),
            jurisdiction: Some("DE".to_owned()),
            languages: vec!["en".to_owned(), "zh".to_owned()],
            currency: "EUR".to_owned(),
            decimals: 2,
            from: jiff::civil::date(2026, 1, 1),
            until: jiff::civil::date(2026, 12, 31),
            folder: "rulesets/acme/overtime".to_owned(),
        };
        let data = STARTERS.iter().flat_map(|starter| words.data(starter));
        for (path, text) in words.code().into_iter().chain(words.plugin()).chain(data) {
            assert!(!text.contains("{{"), "{path}: {text}");
        }
        assert_eq!(struct_name("acme-overtime"), "AcmeOvertime");
    }
}
