#!/usr/bin/env bash
# Make sure that there is a Chromium for the browser tests: use what is here, else install the
# system's package where we may. Without one those tests say that they were skipped.
set -u
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null ||
    echo "Chromium could not be installed: the browser tests will be skipped."
else
  echo "There is no Chromium and it cannot be installed from here: the browser tests will be skipped."
fi
exit 0
