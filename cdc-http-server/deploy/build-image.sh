#!/usr/bin/env bash
# Builds the image of the Dockerfile in this directory without Docker and without a registry of images. It uses
# buildah, as root, on a base of Debian's packages. The argument is the name of the image, which ImageE2E runs.
#
#   apt-get install buildah debootstrap
#   cdc-http-server/deploy/build-image.sh localhost/milvus-cdc
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
image=${1:-localhost/milvus-cdc}
base=localhost/milvus-cdc-base

if ! buildah inspect --type image "$base" > /dev/null 2>&1; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase --include=ca-certificates,openjdk-17-jdk-headless bookworm "$root"
  # Copies the authorities that this machine trusts, for a network with a proxy of its own.
  cp /etc/ssl/certs/java/cacerts "$root/etc/ssl/certs/java/cacerts"
  container=$(buildah from scratch)
  buildah add -q "$container" "$root" /
  buildah commit -q --rm "$container" "$base"
fi
buildah bud --isolation chroot --format docker --build-arg BUILD_BASE="$base" --build-arg BASE="$base" \
  -f cdc-http-server/deploy/Dockerfile -t "$image" .
