// Gives out what the library's pages kept on this phone (js/library.js keeps it): where there is no signal the page that
// was kept, or the list of all that is; and a recording that is kept always, since playing it then costs nothing. It
// keeps nothing itself but the files that pages draw themselves with. TOLD says too where the list is.
const PAGE = /^\/pustaka\/([0-9a-f-]{36}\/([a-z]{2,3}\/)?|di-ponsel\/)?$/;
const SOUND = /^\/berkas\/[0-9a-f-]{36}\/$/;

const kept = async (path) => (await caches.open(TOLD.cache)).match(path, { ignoreSearch: true });

// Taken off the shelf, or for some alone from now on: then it goes from this phone too, with its recordings.
async function forget(path) {
  const cache = await caches.open(TOLD.cache), page = await cache.match(path);
  if (!page) return;
  for (const [, sound] of (await page.text()).matchAll(/data-sound="([^"]+)"/g)) await cache.delete(sound);
  await cache.delete(path);
}

async function page(request, path) {
  try {
    const answer = await soon(request);
    if (answer.status === 404) await forget(path);
    return answer;
  } catch (lost) {
    const found = (await kept(path)) || (await kept(TOLD.list));
    if (!found) throw lost;
    return found;
  }
}

// Players ask for a part, and some play nothing unless a part is what they get.
function part(whole, bytes, asked) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked) || [];
  if (first === undefined || (first === "" && last === "")) return whole;
  const end = first !== "" && last !== "" ? Math.min(Number(last), bytes.size - 1) : bytes.size - 1;
  const start = first === "" ? Math.max(0, bytes.size - Number(last)) : Number(first);
  if (start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${bytes.size}` } });
  const headers = {
    "Content-Type": whole.headers.get("Content-Type"), "Content-Length": String(end - start + 1),
    "Content-Range": `bytes ${start}-${end}/${bytes.size}`, "Accept-Ranges": "bytes",
  };
  return new Response(bytes.slice(start, end + 1), { status: 206, headers });
}

async function sound(request) {
  const cache = await caches.open(TOLD.cache);
  let found = await cache.match(request.url);
  if (!found) {
    try {
      return await fetch(request);
    } catch (lost) {
      // Without a signal an earlier recording is better than none.
      found = await kept(pathOf(request.url));
      if (!found) throw lost;
    }
  }
  const bytes = await found.clone().blob();
  return part(found, bytes, request.headers.get("Range") || "");
}

works(() => keepFiles((path) => PAGE.test(path) || SOUND.test(path)), (request, path) => {
  if (request.mode === "navigate") return PAGE.test(path) ? page(request, path) : null;
  return SOUND.test(path) && request.destination !== "" ? sound(request) : null;
});
