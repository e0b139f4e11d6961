#!/usr/bin/env bash
# Keeps a real WordPress (Debian: wordpress php-cli php-mysql php-gd mariadb-server) in a folder of its own until its input ends: tests/wordpress.sh PORT
# Prints 'ready USER PASSWORD' (an application password), or why there is none.
set -uo pipefail
trap '' INT TERM HUP
port=$1
[[ -d /usr/share/wordpress ]] && command -v php mariadbd >/dev/null || { echo "missing"; exit 1; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/publication-gate-wordpress-XXXXXX") && cd "$folder" || exit 1
pids=()
# Nothing of it is kept, so nothing needs to end well; PHP's server has workers of its own.
end() { for pid in "${pids[@]}"; do kill -9 $(pgrep -P "$pid") "$pid" 2>/dev/null; done; wait 2>/dev/null; cd / && rm -rf "$folder"; }
fail() { echo "$1: $(tail -n 3 log | tr '\n' ' ')"; end; exit 1; }

# A copy, so that nothing of the package is written to, and links out of it are followed.
cp -rL /usr/share/wordpress site 2>>log; rm -f site/.htaccess
mkdir -p site/wp-content/uploads data
cat >site/wp-config.php <<PHP
<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:$folder/socket');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without TLS
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTH_KEY', '$(head -c 32 /dev/urandom | base64 -w0)');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
# Debian brings no theme along; this one shows what is published, as any does.
mkdir -p site/wp-content/themes/school
echo '/* Theme Name: School */ body { font: 1.1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; } figure { display: inline-block; margin: 0.5rem; } img { max-width: 18rem; height: auto; }' >site/wp-content/themes/school/style.css
cat >site/wp-content/themes/school/index.php <<'PHP'
<!doctype html><html <?php language_attributes(); ?>><head><meta charset="utf-8"><link rel="stylesheet" href="<?php echo get_stylesheet_uri(); ?>"><?php wp_head(); ?></head><body>
<?php while (have_posts()) { the_post(); ?><article><h1><?php the_title(); ?></h1><?php the_content(); ?></article><?php } wp_footer(); ?></body></html>
PHP
cat >install.php <<PHP
<?php
define('WP_INSTALLING', true);
\$_SERVER['HTTP_HOST'] = '127.0.0.1:$port'; \$_SERVER['REQUEST_URI'] = '/'; \$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
function wp_mail() { return true; }
require 'site/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
\$made = wp_install('School', 'gate', 'gate@school.example', false, '', wp_generate_password());
update_option('template', 'school'); update_option('stylesheet', 'school');
list(\$password) = WP_Application_Passwords::create_new_application_password(\$made['user_id'], ['name' => 'gate']);
echo "ready gate \$password\n";
PHP
{ mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db --user="$(id -un)"; } >>log 2>&1 || fail install-db
mariadbd --no-defaults --datadir="$folder/data" --socket="$folder/socket" --pid-file="$folder/pid" --skip-networking --user="$(id -un)" --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M </dev/null >>log 2>&1 &
pids+=($!)
for _ in {1..120}; do mariadb --no-defaults --socket="$folder/socket" -uroot -e 'CREATE DATABASE IF NOT EXISTS wordpress' 2>>log && break; sleep 0.25; done
PHP_CLI_SERVER_WORKERS=2 php -S "127.0.0.1:$port" -t site </dev/null >>log 2>&1 &
pids+=($!)
made=$(php install.php 2>>log | tail -n 1)
[[ $made == ready\ * ]] || fail "WordPress: $made"
echo "$made"
cat >/dev/null # until the tests end, in whatever way
end
end
