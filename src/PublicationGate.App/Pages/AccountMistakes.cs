using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using PublicationGate.App.Access;

namespace PublicationGate.App.Pages;

/// <summary>What Identity refuses, as sentences at the field that they are about.</summary>
internal static class AccountMistakes
{
    public static void AddTo(ModelStateDictionary form, IdentityResult result, Visit visit)
    {
        foreach (var error in result.Errors)
        {
            var (field, key) = error.Code switch
            {
                "DuplicateUserName" => ("name", "account.mistake.name-taken"),
                "InvalidUserName" => ("name", "account.mistake.name-empty"),
                "PasswordTooShort" => ("password", "account.mistake.password-short"),
                CommonPasswords.Code => ("password", "account.mistake.password-common"),
                "PasswordRequiresUniqueChars" => ("password", "account.mistake.password-common"),
                "PasswordMismatch" => ("current", "account.mistake.password-wrong"),
                "InvalidToken" => ("", "account.mistake.link"),
                "LastAdministrator" => ("", "account.mistake.last-administrator"),
                "ConcurrencyFailure" => ("", "account.mistake.changed-meanwhile"),
                _ => ("", "account.mistake.refused"),
            };
            form.AddModelError(field, visit.T(key, key == "account.mistake.password-short" ? [("length", CommonPasswords.ShortestLength)] : []));
        }
    }
}
