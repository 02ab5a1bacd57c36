/* Warns ten minutes before a session ends, and extends it on request (WCAG 2.2.1). Nothing is lost: the page stays. */
document.querySelectorAll("[data-session-end]").forEach((warning) => {
  const wait = () => setTimeout(() => { warning.hidden = false; }, Number(warning.dataset.sessionEnd) * 1000);
  const form = warning.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (answer.status === 204) { warning.hidden = true; wait(); } else { form.submit(); }
  });
  wait();
});
/* Leave at once: the page is gone before the server has answered, and its place in the history is taken by one that says
   nothing. If the server cannot be reached, the form is sent as it is, so that nobody believes to have left who has not. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-leave]")) return;
  event.preventDefault();
  document.body.hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    location.replace(form.action);
  } catch {
    form.submit();
  }
});
/* A page that the browser kept in memory is read again when somebody comes back to it: the session may be over. */
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
