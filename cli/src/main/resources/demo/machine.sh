#!/bin/sh
# The first process of a machine of the demo: machine.sh NAME DIRECTORY ADDRESS/PREFIX...
# Everything volatile (/run, shared memory) is fresh at each boot, as on a real
# machine, so files of resource agents vanish with the power.  Says "booting",
# waits for the line that the cables are in, then says "ready".  As process 1 it
# reaps orphans; when it is killed the kernel kills all other processes here.
set -e
name=$1 directory=$2
shift 2
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
mount -t tmpfs -o nosuid,nodev,mode=755 tmpfs /run
mount -t tmpfs -o nosuid,nodev tmpfs /dev/shm
mkdir -p /run/lock/subsys /run/resource-agents /run/ringward-demo "$directory/log/nginx"
chmod 1777 /run/lock
mount --bind "$directory/log" /var/log
hostname "$name"
if [ -f "$directory/nginx.conf" ]; then
  cp "$directory/nginx.conf" /run/ringward-demo/nginx.conf
fi
ip link set lo up
echo booting
read -r line
link=0
for address; do
  ip addr add "$address" broadcast + dev "eth$link"
  ip link set "eth$link" up
  link=$((link + 1))
done
echo ready
# No descriptor of the demo may stay open here.
exec </dev/null >/dev/null 2>&1
# A shell that waits for a child reaps strangers, too.
while :; do sleep 3600; done
