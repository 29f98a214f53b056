// Shows how far an act is without loading the page again; without scripts the page loads itself anew every two seconds.
const place = document.getElementById("act");
const said = document.getElementById("said");
const asked = document.getElementById("asked");
const look = async () => {
  try {
    const answer = await fetch(place.dataset.path, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const act = await answer.json();
    if (act.state !== "waiting" && act.state !== "running") {
      location.replace(act.state === "done" && act.to ? act.to : location.pathname);
      return;
    }
    const last = act.said.length ? act.said[act.said.length - 1] : "Waiting for what was asked before.";
    if (said.textContent !== last) said.textContent = last;
    const hosts = Object.entries(act.asked).map(([host, number]) => `${host} (${number} ${number === 1 ? "request" : "requests"})`);
    asked.textContent = hosts.length ? `Asked so far: ${hosts.join(", ")}.` : "";
  } catch { /* the server may be busy; look again */ }
  setTimeout(look, 700);
};
look();
