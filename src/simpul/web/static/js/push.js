// Notifications on this device: asks the browser, then sends its answer with the form. Without it the form stays away.
(() => {
  const box = document.querySelector("[data-push]");
  if (!box) return;
  const form = box.querySelector("form");
  const status = box.querySelector("[data-status]");
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) {
    status.textContent = box.dataset.unable;
    return;
  }
  form.hidden = false;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const subscribed = async (registration) => {
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) };
    try {
      return await registration.pushManager.subscribe(wanted);
    } catch (error) {
      // Left over from another key of this site.
      const old = await registration.pushManager.getSubscription();
      if (!old) throw error;
      await old.unsubscribe();
      return registration.pushManager.subscribe(wanted);
    }
  };
  const answer = async () => {
    await navigator.serviceWorker.register("/sw.js");
    const told = (await subscribed(await navigator.serviceWorker.ready)).toJSON();
    form.elements.endpoint.value = told.endpoint;
    form.elements.p256dh.value = told.keys.p256dh;
    form.elements.auth.value = told.keys.auth;
    form.submit();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = box.dataset.asking;
    const granted = await Notification.requestPermission();
    if (granted !== "granted") {
      status.textContent = box.dataset.refused;
      return;
    }
    answer().catch(() => {
      status.textContent = box.dataset.failed;
    });
  });
})();
