#!/bin/sh
# A Slurm of one node on this machine, to try LAUNCH='srun ...' without a cluster:
#
#   sh env/slurm-one-node.sh start FOLDER    (as root; needs slurmctld slurmd slurm-client munge)
#   SLURM_CONF=FOLDER/slurm.conf make -j4 square RETRAIN=1 LAUNCH='srun -n1 -c1' THREADS=1
#   (without RETRAIN=1 released networks are taken)
#   sh env/slurm-one-node.sh stop FOLDER
#
# All its files are in FOLDER. It is only for trying things out: it has no accounting and no limits, and runs as root.
set -eu
case ${1:-} in start | stop) ;; *)
    echo "usage: env/slurm-one-node.sh start|stop FOLDER" >&2
    exit 2
    ;;
esac
action=$1
mkdir -p "${2:?FOLDER is missing}"
folder=$(cd "$2" && pwd)
host=$(hostname -s)

stop_daemon() { # NAME
    if [ -s "$folder/$1.pid" ]; then kill "$(cat "$folder/$1.pid")" 2>/dev/null || true; fi
}
if [ "$action" = stop ]; then
    for daemon in slurmd slurmctld munged; do stop_daemon $daemon; done
    exit 0
fi

mkdir -p "$folder/state" "$folder/spool"
(umask 077 && dd if=/dev/urandom bs=1024 count=1 2>/dev/null >"$folder/munge.key")
chmod 755 "$folder"
cat >"$folder/slurm.conf" <<END
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF="$folder/slurm.conf"

munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
slurmctld
slurmd
tries=0
until sinfo --noheader --states=idle --format=%n | grep -q .; do
    tries=$((tries + 1))
    if [ $tries -gt 60 ]; then
        echo "the node did not come up; see $folder/slurmctld.log and $folder/slurmd.log" >&2
        exit 1
    fi
    sleep 0.5
done
sinfo
echo "export SLURM_CONF=$SLURM_CONF"
