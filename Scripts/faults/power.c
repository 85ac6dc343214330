/* What a power cut leaves, in the worst case that POSIX allows: a file has what it had at its last fsync, and a
   folder the names that it had at its own.

        LD_PRELOAD=power.so POWER_ROOT=FOLDER POWER_DISK=FOLDER2 POWER_AT=N POWER_NAMES=0|1 COMMAND

   Behind the Nth fsync of something below POWER_ROOT, POWER_DISK is filled with what would be there after a power
   cut, and the process is killed. With POWER_NAMES=1 names are there that were never synced (a journal that
   orders names only): their files have what was synced of them. POWER_AT=0 counts; the number goes to
   POWER_COUNT at the end. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST 4096
typedef struct { ino_t inode; char *bytes; size_t count; } File;
typedef struct { char path[1024]; int count; char names[MOST][256]; ino_t inodes[MOST]; } Folder;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static File files[MOST * 4];
static int fileCount;
static Folder *folders[64];
static int folderCount;
static long syncs;

static File *file(ino_t inode, int make) {
  for (int i = 0; i < fileCount; i++) if (files[i].inode == inode) return &files[i];
  if (!make || fileCount == MOST * 4) return NULL;
  files[fileCount].inode = inode;
  return &files[fileCount++];
}

static Folder *list(const char *path, Folder *folder) {
  DIR *open = opendir(path);
  if (!open) return NULL;
  snprintf(folder->path, sizeof folder->path, "%s", path);
  folder->count = 0;
  struct dirent *entry;
  while ((entry = readdir(open)) && folder->count < MOST) {
    char name[2048];
    struct stat status;
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (lstat(name, &status) || !S_ISREG(status.st_mode)) continue;
    snprintf(folder->names[folder->count], 256, "%s", entry->d_name);
    folder->inodes[folder->count++] = status.st_ino;
  }
  closedir(open);
  return folder;
}

static void keep(const char *path, struct stat *status) {
  if (S_ISDIR(status->st_mode)) {
    Folder *folder = NULL;
    for (int i = 0; i < folderCount; i++) if (!strcmp(folders[i]->path, path)) folder = folders[i];
    if (!folder && folderCount < 64) folder = folders[folderCount++] = calloc(1, sizeof(Folder));
    if (!folder || !list(path, folder)) return;
    // A file that was moved here is no longer where it was: names move as one.
    for (int i = 0; i < folderCount; i++)
      for (int j = 0; folders[i] != folder && j < folders[i]->count; j++)
        for (int k = 0; k < folder->count; k++)
          if (folders[i]->inodes[j] == folder->inodes[k]) folders[i]->inodes[j] = 0;
  } else {
    File *kept = file(status->st_ino, 1);
    if (!kept) return;
    int copy = open(path, O_RDONLY);
    if (copy < 0) return;
    kept->bytes = realloc(kept->bytes, status->st_size + 1);
    kept->count = 0;
    ssize_t part;
    while ((part = pread(copy, kept->bytes + kept->count, status->st_size - kept->count, kept->count)) > 0) kept->count += part;
    close(copy);
  }
}

static void put(const char *root, const char *disk, Folder *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", disk, folder->path + strlen(root));
  mkdir(path, 0755);
  for (int i = 0; i < folder->count; i++) {
    char name[8192];
    if (!folder->inodes[i]) continue;
    snprintf(name, sizeof name, "%s/%s", path, folder->names[i]);
    FILE *out = fopen(name, "w");
    File *kept = file(folder->inodes[i], 0);
    if (out && kept && kept->count) fwrite(kept->bytes, 1, kept->count, out);
    if (out) fclose(out);
  }
}

/* Folders as they are now, with their names. */
static void walk(const char *root, const char *disk, const char *path, int withNames) {
  char name[4096];
  snprintf(name, sizeof name, "%s%s", disk, path + strlen(root));
  mkdir(name, 0755);
  if (withNames) {
    Folder *now = calloc(1, sizeof(Folder));
    if (list(path, now)) put(root, disk, now);
    free(now);
  }
  DIR *open = opendir(path);
  struct dirent *entry;
  while (open && (entry = readdir(open))) {
    if (entry->d_type != DT_DIR || entry->d_name[0] == '.') continue;
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    walk(root, disk, name, withNames);
  }
  if (open) closedir(open);
}

/* All that is there is synced. */
static void keepAll(const char *path) {
  struct stat status;
  if (lstat(path, &status)) return;
  keep(path, &status);
  if (!S_ISDIR(status.st_mode)) return;
  DIR *open = opendir(path);
  struct dirent *entry;
  while (open && (entry = readdir(open))) {
    char name[4096];
    if (entry->d_name[0] == '.' && (!entry->d_name[1] || entry->d_name[1] == '.')) continue;
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (entry->d_type == DT_DIR || entry->d_type == DT_REG) keepAll(name);
  }
  if (open) closedir(open);
}

static void synced(int fd, int all) {
  const char *root = getenv("POWER_ROOT");
  char link[64], path[1024];
  struct stat status;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t count = readlink(link, path, sizeof path - 1);
  if (!root || count < 0) return;
  path[count] = 0;
  if ((!all && strncmp(path, root, strlen(root))) || fstat(fd, &status)) return;
  pthread_mutex_lock(&lock);
  if (all) keepAll(root);
  else keep(path, &status);
  syncs++;
  const char *at = getenv("POWER_AT"), *disk = getenv("POWER_DISK"), *names = getenv("POWER_NAMES");
  if (at && atol(at) == syncs && disk) {
    walk(root, disk, root, names && *names == '1');
    if (!names || *names != '1') for (int i = 0; i < folderCount; i++) put(root, disk, folders[i]);
    syscall(SYS_kill, getpid(), SIGKILL);
  }
  pthread_mutex_unlock(&lock);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  int result = real(fd);
  if (!result) synced(fd, 0);
  return result;
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  int result = real(fd);
  if (!result) synced(fd, 0);
  return result;
}

int syncfs(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "syncfs");
  int result = real(fd);
  if (!result) synced(fd, 1);
  return result;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("POWER_COUNT");
  FILE *out = path ? fopen(path, "w") : NULL;
  if (out) { fprintf(out, "%ld\n", syncs); fclose(out); }
}
