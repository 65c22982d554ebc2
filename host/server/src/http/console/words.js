// The words of the console in the language of its reader, and how amounts and times are written.
"use strict";

/** The languages that there are words in, the first where the reader's is none of them. */
const LANGUAGES = ["en", "zh"];

const words = {
  language: LANGUAGES[0],
  texts: {},

  /** Reads the words of a language and writes them into the page. */
  async speak(language) {
    const answer = await fetch(`/console/words/${language}.json`);
    this.texts = await answer.json();
    this.language = language;
    document.documentElement.lang = language;
    document.title = this.say("title");
    for (const place of document.querySelectorAll("[data-word]")) {
      place.textContent = this.say(place.dataset.word);
    }
    for (const place of document.querySelectorAll("[data-hint]")) {
      place.placeholder = this.say(place.dataset.hint);
    }
  },

  /** The first of the reader's languages that there are words in. */
  wanted() {
    const primary = (navigator.languages ?? []).map((tag) => tag.split("-")[0].toLowerCase());
    return primary.find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
  },

  /** A text with its {places} filled in. */
  say(name, values = {}) {
    const text = this.texts[name] ?? name;
    return text.replace(/\{([a-z_]+)\}/g, (_, place) => String(values[place] ?? ""));
  },

  /** An exact amount with its digits in groups: 1,234.56. It is never read as a number. */
  amount(text, unit) {
    if (text === null || text === undefined) return "";
    const [whole, ...fraction] = String(text).split(".");
    const grouped = [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
    return unit ? `${grouped} ${unit}` : grouped;
  },

  moment(time) {
    return new Date(time).toLocaleString(this.language, { dateStyle: "medium", timeStyle: "long" });
  },
};
