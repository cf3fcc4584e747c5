// What a learning platform is told by an exported course: which story is open, which were
// played to an end, and that the course is complete once all were. Never a choice, an answer or
// a line that was typed. It speaks SCORM 1.2 (ADL, 2001).
(() => {
  "use strict";
  const find = (w) => {
    for (let i = 0; w && i < 10; i++) {
      try { if (w.API) return w.API; } catch (e) { return null; }
      if (w.parent === w) return null;
      w = w.parent;
    }
    return null;
  };
  let api = null, done = [], ids = [], over = false;
  const set = (name, value) => { if (api && !over) api.LMSSetValue(name, value); };
  window.wayoutPlatform = {
    // begin opens the story that was open last.
    begin: (all, open) => {
      ids = all;
      api = find(window) || (window.opener ? find(window.opener) : null);
      if (!api) return;
      api.LMSInitialize("");
      const at = (api.LMSGetValue("cmi.core.lesson_location") || "").split(";");
      done = (at[1] || "").split(",").filter((n) => n !== "" && ids[+n]).map(Number);
      if (api.LMSGetValue("cmi.core.lesson_status") !== "completed") set("cmi.core.lesson_status", "incomplete");
      if (ids[+at[0]] && at[0] !== "") open(ids[+at[0]]);
    },
    // told is called when a page of a story was shown.
    told: (id, ended) => {
      const n = ids.indexOf(id);
      if (ended && done.indexOf(n) < 0) done.push(n);
      set("cmi.core.lesson_location", (ended ? "" : n) + ";" + done.join(","));
      if (ids.every((_, i) => done.indexOf(i) >= 0)) set("cmi.core.lesson_status", "completed");
      if (api && !over) api.LMSCommit("");
    },
  };
  addEventListener("pagehide", () => {
    if (!api || over) return;
    set("cmi.core.exit", "suspend");
    over = true;
    api.LMSFinish("");
  });
})();
