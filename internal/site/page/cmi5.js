// The page that a learning platform opens. The stories are in a frame on it, and this script is
// all that talks to the platform. It tells it that the course was opened, which story is open,
// which were played to an end, that the course is complete once all were, and that it was closed;
// the platform's rules want how long that took with it. Never a choice, an answer, a line that was
// typed, or that someone went to help.
//
// It speaks cmi5 (Quartz, 1st edition; AICC and ADL, 2016) over xAPI 1.0.3. Section numbers below
// are those of https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md.
(() => {
  "use strict";
  const given = new URLSearchParams(location.search);
  const address = (text) => {
    try {
      const url = new URL(text);
      return /^https?:\/\/[^\s;,'"]+$/.test(url.origin) ? url : null;
    } catch (e) { return null; }
  };
  const endpoint = address(given.get("endpoint")), token = address(given.get("fetch"));
  const registration = given.get("registration"), activity = given.get("activityId");
  let actor = null;
  try { actor = JSON.parse(given.get("actor")); } catch (e) { /* Then nobody is told anything. */ }
  const opened = endpoint && token && actor && registration && activity;

  // The page's policy can't know the platform. From here on it may connect to nobody else.
  const narrow = document.createElement("meta");
  narrow.httpEquiv = "Content-Security-Policy";
  narrow.content = "connect-src " + (opened ? endpoint.origin + " " + token.origin : "'none'");
  document.head.appendChild(narrow);

  // What the platform keeps for next time is place, done and completed; the stories are the only
  // places there are.
  let stories = [], place = "", done = [], completed = false;
  let template = null, mode = "", since = 0, auth = "";
  let stored = "", told = false, known = false, loads = 0, begun = false, busy = false, claimed = false, over = false;
  const all = () => stories.length > 0 && done.length === stories.length;
  const frame = () => document.getElementById("stories");

  const base = endpoint ? endpoint.href.replace(/\/?$/, "/") : "";
  // A place that is still on its way when the page is closed could come after the last one.
  const flying = new AbortController();
  const ask = (method, path, query, body) => fetch(base + path + (query ? "?" + new URLSearchParams(query) : ""), {
    method: method, cache: "no-store", keepalive: method !== "GET", body: body, signal: method === "PUT" && !over ? flying.signal : null,
    headers: Object.assign({ Authorization: "Basic " + auth, "X-Experience-API-Version": "1.0.3" }, body ? { "Content-Type": "application/json" } : {}),
  }).then((r) => {
    if (!r.ok && r.status !== 404) throw new Error(path + " " + r.status);
    return r.status === 200 && method === "GET" ? r.json() : null;
  });
  // parting asks while the page is closed. Another address would first be asked whether it may be,
  // and that is often too late. The form of xAPI 1.0.3 that needs no such question puts the headers
  // into the body (part 3, section 1.3, "Alternate Request Syntax").
  const parting = (method, path, query, body) => (endpoint.origin === location.origin ? ask(method, path, query, body) :
    fetch(base + path + "?method=" + method, {
      method: "POST", keepalive: true, mode: "no-cors", body: new URLSearchParams(Object.assign({
        Authorization: "Basic " + auth, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json", content: body }, query || {})),
    })).catch(() => {});
  const agent = () => JSON.stringify(actor);
  const state = (name) => ({ activityId: activity, agent: agent(), registration: registration, stateId: name });

  // Statements, sections 9.1 to 9.7. An ID is made by hand, since randomUUID is for https only.
  const uuid = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    return Array.from(b, (n) => (n + 256).toString(16).slice(1)).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const category = "https://w3id.org/xapi/cmi5/context/categories/";
  const statement = (verb) => {
    const context = JSON.parse(JSON.stringify(template)), now = Date.now();
    const activities = context.contextActivities = context.contextActivities || {};
    const kinds = [].concat(activities.category || []);
    ["cmi5"].concat(verb === "completed" ? ["moveon"] : []).forEach((kind) => {
      if (!kinds.some((k) => k.id === category + kind)) kinds.push({ objectType: "Activity", id: category + kind });
    });
    activities.category = kinds;
    context.registration = registration;
    const it = {
      id: uuid(), timestamp: new Date(now).toISOString(), actor: actor,
      verb: { id: "http://adlnet.gov/expapi/verbs/" + verb, display: { en: verb } },
      object: { objectType: "Activity", id: activity }, context: context,
    };
    if (verb !== "initialized") it.result = { duration: "PT" + ((now - since) / 1000).toFixed(2) + "S" };
    if (verb === "completed") it.result.completion = true;
    return it;
  };
  const say = (statements) => ask("POST", "statements", null, JSON.stringify(statements));
  const text = () => JSON.stringify({ place: place, done: done, completed: completed });
  const put = (what) => ask("PUT", "activities/state", state("wayout.place"), what);

  // tell tells the platform one thing after the other. What fails is tried again with the next
  // thing, and when the page is closed. Only a learner counts, and no one who looks around
  // (section 10.2.2).
  const tell = () => {
    if (!begun || busy || over || mode !== "Normal") return;
    let telling = null;
    if (text() !== stored) {
      const what = text();
      telling = put(what).then(() => { stored = what; });
      stored = ""; // Until it has answered, nobody knows what it keeps.
    } else if (all() && !completed) {
      claimed = true;
      telling = say(statement("completed")).then(() => { completed = true; }, (e) => { claimed = false; throw e; });
    } else return;
    busy = true;
    telling.then(() => { busy = false; tell(); }, (e) => { busy = false; console.error(e); });
  };
  const finished = (ids) => { done = stories.filter((id) => done.indexOf(id) >= 0 || ids.indexOf(id) >= 0); };
  // The story that was open last is opened again as long as nobody has gone anywhere: a page that
  // came after the first one, such as help or "right now", was asked for.
  const answer = () => {
    if (known && loads === 1) frame().contentWindow.postMessage({ place: place }, location.origin);
  };

  // The frame says which story is open and whether it was played to its end. Anything else, or a
  // place that isn't a story, is dropped.
  addEventListener("message", (e) => {
    const it = e.data;
    if (!frame() || e.source !== frame().contentWindow || e.origin !== location.origin || !it) return;
    if (stories.indexOf(it.place) < 0 || typeof it.completed !== "boolean") return;
    place = it.completed ? "" : it.place;
    told = true;
    if (it.completed) finished([it.place]);
    tell();
  });
  document.addEventListener("load", (e) => {
    if (e.target !== frame()) return;
    loads++;
    let at = "";
    try { at = frame().contentWindow.location.pathname; } catch (e) { /* Nothing of ours. */ }
    if (/\/away\.html$/.test(at)) { location.replace("away.html"); return; } // Someone left at once.
    answer();
  }, true);

  // remembered takes what the platform has kept from the last time.
  const remembered = (was) => {
    const old = was || {};
    if (!told && stories.indexOf(old.place) >= 0) place = old.place;
    finished(Array.isArray(old.done) ? old.done : []);
    completed = old.completed === true;
    stored = JSON.stringify({ place: old.place || "", done: old.done || [], completed: completed });
    known = true;
    answer();
  };
  // Sections 8.2, 10 and 11: the token, the launch data, and the preferences, which have to be read
  // though these pages have one language and no sound. Where an address to go back to is given,
  // there is a way back.
  const begin = () => fetch(token.href, { method: "POST", cache: "no-store" }).then((r) => r.json()).then((it) => {
    if (!it["auth-token"]) throw new Error(it["error-text"] || "no token");
    auth = it["auth-token"];
    return ask("GET", "activities/state", state("LMS.LaunchData"));
  }).then((it) => {
    template = it.contextTemplate || {};
    mode = it.launchMode;
    const back = address(it.returnURL);
    if (back) {
      document.getElementById("back").href = back.href;
      document.getElementById("return").hidden = false;
    }
    return ask("GET", "agents/profile", { agent: agent(), profileId: "cmi5LearnerPreferences" });
  }).then(() => ask("GET", "activities/state", state("wayout.place"))).then(remembered).then(() => {
    since = Date.now();
    return say(statement("initialized"));
  }).then(() => { begun = true; tell(); }, (e) => { since = 0; throw e; });

  addEventListener("pagehide", () => {
    if (!since || over) return; // It may be on its way that it was opened.
    over = true;
    flying.abort();
    const last = [];
    if (mode === "Normal" && all() && !completed && !claimed) last.push(statement("completed"));
    if (mode === "Normal" && text() !== stored) parting("PUT", "activities/state", state("wayout.place"), text());
    parting("POST", "statements", null, JSON.stringify(last.concat([statement("terminated")])));
  });
  document.addEventListener("DOMContentLoaded", () => {
    stories = JSON.parse(document.body.getAttribute("data-stories"));
    frame().focus();
    const untold = (e) => {
      console.error(e);
      document.querySelector("#untold span").hidden = false;
    };
    if (opened) begin().catch(untold); else untold(new Error("not opened by a learning platform"));
  });
})();
