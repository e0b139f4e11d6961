using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>People who may sign in, in the tables that ASP.NET Core Identity wants, and API keys.</summary>
[Migration("0010_Accounts")]
public sealed class M0010Accounts : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Accounts",
            table => new
            {
                Id = table.Column<string>(),
                UserName = table.Column<string>(nullable: true),
                NormalizedUserName = table.Column<string>(nullable: true),
                Email = table.Column<string>(nullable: true),
                NormalizedEmail = table.Column<string>(nullable: true),
                EmailConfirmed = table.Column<bool>(),
                PasswordHash = table.Column<string>(nullable: true),
                SecurityStamp = table.Column<string>(nullable: true),
                ConcurrencyStamp = table.Column<string>(nullable: true),
                PhoneNumber = table.Column<string>(nullable: true),
                PhoneNumberConfirmed = table.Column<bool>(),
                TwoFactorEnabled = table.Column<bool>(),
                LockoutEnd = table.Column<long>(nullable: true),
                LockoutEnabled = table.Column<bool>(),
                AccessFailedCount = table.Column<long>(),
                Roles = table.Column<string>(),
                Language = table.Column<string>(nullable: true),
                IsLocked = table.Column<bool>(),
                CreatedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Accounts", account => account.Id));
        migrationBuilder.CreateIndex("IX_Accounts_NormalizedUserName", "Accounts", "NormalizedUserName", unique: true);
        migrationBuilder.CreateTable(
            "AccountClaims",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                UserId = table.Column<string>(),
                ClaimType = table.Column<string>(nullable: true),
                ClaimValue = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AccountClaims", claim => claim.Id);
                table.ForeignKey("FK_AccountClaims_Accounts_UserId", claim => claim.UserId, "Accounts", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AccountClaims_UserId", "AccountClaims", "UserId");
        migrationBuilder.CreateTable(
            "AccountLogins",
            table => new
            {
                LoginProvider = table.Column<string>(),
                ProviderKey = table.Column<string>(),
                ProviderDisplayName = table.Column<string>(nullable: true),
                UserId = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AccountLogins", login => new { login.LoginProvider, login.ProviderKey });
                table.ForeignKey("FK_AccountLogins_Accounts_UserId", login => login.UserId, "Accounts", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AccountLogins_UserId", "AccountLogins", "UserId");
        migrationBuilder.CreateTable(
            "AccountTokens",
            table => new
            {
                UserId = table.Column<string>(),
                LoginProvider = table.Column<string>(),
                Name = table.Column<string>(),
                Value = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AccountTokens", token => new { token.UserId, token.LoginProvider, token.Name });
                table.ForeignKey("FK_AccountTokens_Accounts_UserId", token => token.UserId, "Accounts", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "ApiKeys",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                AccountId = table.Column<string>(),
                Name = table.Column<string>(),
                Prefix = table.Column<string>(),
                Sha256 = table.Column<string>(),
                Scopes = table.Column<string>(),
                CreatedAt = table.Column<long>(),
                LastUsedAt = table.Column<long>(nullable: true),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ApiKeys", key => key.Id);
                table.ForeignKey("FK_ApiKeys_Accounts_AccountId", key => key.AccountId, "Accounts", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ApiKeys_Sha256", "ApiKeys", "Sha256", unique: true);
        migrationBuilder.CreateIndex("IX_ApiKeys_AccountId", "ApiKeys", "AccountId");
    }
}
