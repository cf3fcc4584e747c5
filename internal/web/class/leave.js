// What every page for a browser does alike, those of a class and those of an exported course: it's
// left at once by keys, it knows which button sent a form, and what is new has the focus. It stands
// in front of their own scripts, and asks for nothing that browsers of 2017 don't have.
const wayoutPage = (() => {
  "use strict";
  // Keys are told by what they type, and where that is no Latin letter by where they
  // are: ctrl+x is the same key on a Cyrillic keyboard.
  const isKey = (e, letter) => {
    const key = (e.key || "").toLowerCase();
    return key === letter || (!/^[a-z]$/.test(key) && e.code === "Key" + letter.toUpperCase());
  };
  // Leaving is ctrl+x, or shift or q three times within two seconds.
  const leavesBy = (leave) => {
    let presses = [];
    document.addEventListener("keydown", (e) => {
      if (e.repeat) return;
      const at = e.target || {};
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName || "") && at.type !== "radio";
      if (e.ctrlKey && !e.altKey && !typing && isKey(e, "x")) { e.preventDefault(); leave(); return; }
      const key = e.key === "Shift" ? "shift" : !typing && !e.ctrlKey && !e.altKey && !e.metaKey && isKey(e, "q") ? "q" : "";
      presses = key ? presses.filter((p) => p.key === key && e.timeStamp - p.at < 2000).concat([{ key: key, at: e.timeStamp }]) : [];
      if (presses.length >= 3) leave();
    });
    // A page that the browser keeps for going back is loaded anew when someone does.
    addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  };

  // Which button has sent a form: browsers before 2021 don't say.
  let pressed = null;
  document.addEventListener("click", (e) => {
    let at = e.target;
    while (at && at.tagName !== "BUTTON") at = at.parentNode;
    pressed = at;
  }, true);
  const sentBy = (e) => e.submitter || (pressed && pressed.form === e.target ? pressed : null);

  // What is new has the focus, and stands where it stands.
  const focusNow = () => {
    const now = document.getElementById("now");
    if (now) now.focus({ preventScroll: true });
  };
  return { leavesBy: leavesBy, sentBy: sentBy, focusNow: focusNow };
})();
