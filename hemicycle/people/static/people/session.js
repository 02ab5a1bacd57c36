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
