#!/bin/sh
# Copies the data while nights go on. Usage: backup.sh DATA DESTINATION (a folder, or host:folder)
set -eu
data=${1:?folder of the data} to=${2:?where the copy goes}
# The bytes last: what the captures of the copy name is in the copy. The lock belongs to this machine, and what is
# left out is made again from the rest.
rsync -a --exclude='/lock*' --exclude='*.tmp' --exclude='/read/' --exclude='/build/' --exclude='/warehouse.duckdb*' \
  --exclude='/blobs/' "$data/" "$to/"
rsync -a --exclude='*.tmp' "$data/blobs" "$to/"
